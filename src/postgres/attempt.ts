import type {ConnectionSettings, SslMode} from '../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {isSocketDirectory, nameEndpoint, sqlStateOf, type Failed, type Place} from './failures.ts';
import {readIdentity, type Identity} from './identity.ts';
import type {Link} from './link.ts';
import {login, type Driver} from './login.ts';
import {ensureParameters} from './parameters.ts';
import type {StartOptions} from './start-options.ts';
import {readTlsPlan} from './tls-files.ts';
import type {Route} from './transport.ts';

/** What is the same for every host of a connection. */
export interface Attempt {
  readonly driver: Driver;
  readonly settings: ConnectionSettings;
  readonly start: StartOptions;
  readonly password: string | undefined;
  readonly sslPassword: string | undefined;
  readonly applicationName: string;
  readonly home: string;
  readonly readOnly: boolean;
}

export interface Opened {
  readonly link: Link;
  readonly identity: Identity;
}

type Encryption = 'plain' | 'tls';

/** Source: https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS */
const orders: Readonly<Record<SslMode, readonly [Encryption, ...Encryption[]]>> = {
  disable: ['plain'],
  allow: ['plain', 'tls'],
  prefer: ['tls', 'plain'],
  require: ['tls'],
  'verify-ca': ['tls'],
  'verify-full': ['tls'],
};

/** Opens a session at one host, with the encryptions that sslmode allows, in its order. */
export async function tryHost(attempt: Attempt, place: Place, stop: AbortSignal): Promise<Outcome<Opened>> {
  // A Unix socket is never encrypted, whatever sslmode says.
  const order = isSocketDirectory(place.endpoint.host) ? orders.disable : orders[attempt.settings.sslMode];
  let worst: Failed | undefined;
  for (const encryption of order) {
    const opened = await tryEncryption(attempt, place, encryption, stop);
    if (opened.ok) return opened;
    worst = worst && telling(worst) >= telling(opened) ? worst : opened;
    if (telling(opened) === final || stop.aborted) return opened;
  }
  return worst ?? fail('invalid-input', 'No way to connect is allowed.');
}

// libpq tries the other encryption when this one, or signing in over it, was refused; not when nobody answers.
const final = 4;

/** @returns how much a failure says: the highest of two attempts is reported. */
function telling({failure}: Failed): number {
  if (failure.server?.sqlState === '28000') return 0;
  if (failure.reason === 'tls-refused') return 1;
  if (failure.reason === 'tls-untrusted' || failure.reason === 'tls-file') return 2;
  return failure.server?.sqlState === '28P01' ? 3 : final;
}

async function tryEncryption(
  attempt: Attempt,
  place: Place,
  encryption: Encryption,
  stop: AbortSignal,
): Promise<Outcome<Opened>> {
  if (encryption === 'plain') return trySession(attempt, {place}, stop);
  const tls = await readTlsPlan(attempt.settings, attempt.home, attempt.sslPassword);
  return tls.ok ? trySession(attempt, {place, tls: tls.value}, stop) : tls;
}

async function trySession(attempt: Attempt, route: Route, stop: AbortSignal): Promise<Outcome<Opened>> {
  const signIn = (options: string): Promise<Outcome<Link>> =>
    login(attempt.driver, route, {...attempt, options}, stop);
  const {start} = attempt;
  let used = start.text;
  let link = await signIn(used);
  // A protocol violation is what PgBouncer calls a start-up parameter that it does not know.
  if (sqlStateOf(link) === '08P01' && start.replaceable && used !== '') {
    used = '';
    link = await signIn(used);
  }
  if (!link.ok) return link;
  const settled = await settle(attempt, link.value, () => signIn(used));
  if (!settled.ok) await link.value.close();
  return settled;
}

async function settle(
  {start, readOnly}: Attempt,
  link: Link,
  second: () => Promise<Outcome<Link>>,
): Promise<Outcome<Opened>> {
  const identity = await readIdentity(link);
  if (!identity.ok) return identity;
  const ensured = await ensureParameters(link, identity.value, start.parameters, second);
  if (!ensured.ok) return ensured;
  if (!readOnly || identity.value.readOnly) return ok({link, identity: identity.value});
  const again = await readIdentity(link);
  if (again.ok && !again.value.readOnly)
    return fail(
      'unsupported',
      `${nameEndpoint(link.route.place.endpoint)} does not make the session read-only.`,
      {
        advice: 'Switch read-only off for this connection, or connect as a user who may only read.',
      },
    );
  return again.ok ? ok({link, identity: again.value}) : again;
}
