import type {ConnectionSettings, TargetSessionAttrs} from '../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Session, Signal} from '../core/session.ts';
import {tryHost, type Attempt, type Opened} from './attempt.ts';
import {withDeadline} from './deadline.ts';
import {nameEndpoint, type Failed, type Place} from './failures.ts';
import {createSession} from './session.ts';
import {startOptions} from './start-options.ts';

export interface OpenOptions {
  /** Absent when none is known; the failure is then `authentication` if the server asks for it. */
  readonly password?: string;
  /** Of an encrypted client key. */
  readonly sslPassword?: string;
  /** The session begins with `default_transaction_read_only=on`, and is looked at before it is handed out. */
  readonly readOnly: boolean;
  /** Used when the settings have none. */
  readonly applicationName: string;
  /** An abort ends the attempt; the outcome is then `cancelled`. It does not touch a session that is open. */
  readonly signal?: Signal;
  /** The user's home directory, where libpq's default certificates are. */
  readonly home: string;
}

/**
 * Opens a session as libpq would with the same settings: hosts in order, `sslmode`, `target_session_attrs` and
 * `connect_timeout` (for each host) mean what they mean there. The driver is loaded by the first call.
 *
 * Failures: `unreachable`, `timed-out`, `authentication`, `no-such-database`, `too-many-connections`,
 * `tls-refused`, `tls-untrusted`, `tls-file`, `session-not-kept` (a pooler cannot give the parameters),
 * `invalid-input`, `unsupported`, `cancelled`, and `sql` for what else a server refuses with.
 * None holds the password.
 *
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html
 */
export async function openSession(
  settings: ConnectionSettings,
  options: OpenOptions,
): Promise<Outcome<Session>> {
  const start = startOptions(settings, options.readOnly);
  if (!start.ok) return start;
  if (`${settings.user}${settings.database}${settings.applicationName ?? ''}`.includes('\0'))
    return fail('invalid-input', 'The user, database or application name contains a NUL character.');
  const {Client} = await import('pg');
  return overHosts(settings, options, {
    driver: Client,
    settings,
    start: start.value,
    password: options.password,
    sslPassword: options.sslPassword,
    applicationName: settings.applicationName ?? options.applicationName,
    home: options.home,
    readOnly: options.readOnly,
  });
}

/** A host that was tried, and why it will not do. */
interface Tried {
  readonly name: string;
  readonly failed: Failed;
}

async function overHosts(
  settings: ConnectionSettings,
  options: OpenOptions,
  attempt: Attempt,
): Promise<Outcome<Session>> {
  const tried: Tried[] = [];
  for (const wanted of passes(settings.targetSessionAttrs)) {
    for (const endpoint of settings.endpoints) {
      const place = {endpoint, database: settings.database, user: settings.user};
      const opened = await withDeadline(settings.connectTimeout, options.signal, place, stop =>
        tryHost(attempt, place, stop),
      );
      const failed = opened.ok ? misfit(opened.value, wanted, attempt.readOnly, place) : opened;
      if (opened.ok && !failed) return ok(createSession(opened.value.link, opened.value.identity.server));
      if (opened.ok) await opened.value.link.close();
      if (!failed || !mayTryNext(failed)) return failed ?? fail('unreachable', 'No host was tried.');
      tried.push({name: nameEndpoint(endpoint), failed});
    }
  }
  return summary(tried);
}

/** `prefer-standby` goes through the hosts a second time and takes any. */
function passes(wanted: TargetSessionAttrs): readonly TargetSessionAttrs[] {
  return wanted === 'prefer-standby' ? ['standby', 'any'] : [wanted];
}

// libpq goes on to the next host when one is not there or not ready, but not when it refuses the user.
function mayTryNext({failure}: Failed): boolean {
  return ['unreachable', 'timed-out', 'connection-lost'].includes(failure.reason);
}

type Fits = (opened: Opened, readOnly: boolean) => boolean;

const fits: Readonly<Record<TargetSessionAttrs, Fits>> = {
  any: () => true,
  // A read-only session hides the server's own default, so there a primary is what can be asked for.
  'read-write': ({identity}, readOnly) => !identity.server.standby && (readOnly || !identity.readOnly),
  'read-only': ({identity}) => identity.server.standby || identity.readOnly,
  primary: ({identity}) => !identity.server.standby,
  standby: ({identity}) => identity.server.standby,
  'prefer-standby': () => true,
};

function misfit(
  opened: Opened,
  wanted: TargetSessionAttrs,
  readOnly: boolean,
  place: Place,
): Failed | undefined {
  if (fits[wanted](opened, readOnly)) return undefined;
  const {server, readOnly: isReadOnly} = opened.identity;
  const is = server.standby ? 'a standby' : isReadOnly ? 'a primary that is read-only' : 'a primary';
  return fail(
    'unreachable',
    `${nameEndpoint(place.endpoint)} is ${is}, and target_session_attrs asks for ${wanted}.`,
    {
      advice: 'Add the host that is, or change target_session_attrs.',
    },
  );
}

function summary(tried: readonly Tried[]): Outcome<Session> {
  const [first, ...others] = tried;
  if (!first) return fail('invalid-input', 'The connection has no host.');
  if (others.length === 0) return first.failed;
  const {failure} = first.failed;
  const messages = tried.map(({failed}) => failed.failure.message);
  return {
    ok: false,
    failure: {...failure, message: `None of the hosts will do. ${[...new Set(messages)].join(' ')}`},
  };
}
