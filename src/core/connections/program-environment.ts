import type {ConnectionSettings} from './connection.ts';
import {formatConnectionUrl} from './url.ts';

/** What a program cannot connect without, beside the address. */
export interface ProgramSecrets {
  readonly password?: string;
  /** The passphrase of the client key. */
  readonly sslPassword?: string;
}

/**
 * The environment in which a program connects to the same database by itself: libpq's variables, and `DATABASE_URL`.
 * It holds the password: give it to a process and nothing else.
 *
 * libpq's default for TLS is left out, because other drivers take a `PGSSLMODE` of `prefer` for a demand.
 * @param readOnly the server refuses writes in the program's sessions
 * Source: https://www.postgresql.org/docs/current/libpq-envars.html
 */
export function programEnvironment(
  settings: ConnectionSettings,
  secrets: ProgramSecrets,
  {readOnly}: {readonly readOnly: boolean},
): Readonly<Record<string, string>> {
  const {endpoints, sslMode, targetSessionAttrs} = settings;
  const addresses = endpoints.map(({address}) => address ?? '');
  const variables: Readonly<Record<string, string | undefined>> = {
    PGHOST: endpoints.map(({host}) => host).join(','),
    PGHOSTADDR: addresses.some(address => address !== '') ? addresses.join(',') : undefined,
    PGPORT: endpoints.map(({port}) => port).join(','),
    PGDATABASE: settings.database,
    PGUSER: settings.user,
    PGPASSWORD: secrets.password,
    PGSSLMODE: sslMode === 'prefer' ? undefined : sslMode,
    PGSSLROOTCERT: settings.sslRootCert,
    PGSSLCERT: settings.sslCert,
    PGSSLKEY: settings.sslKey,
    PGTARGETSESSIONATTRS: targetSessionAttrs === 'any' ? undefined : targetSessionAttrs,
    PGCONNECT_TIMEOUT: String(settings.connectTimeout),
    PGAPPNAME: settings.applicationName ?? 'howdah',
    PGOPTIONS: optionsOf(settings, readOnly),
    DATABASE_URL: urlWith(settings, secrets),
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** White space parts words unless a backslash stands before it. */
function optionsOf({parameters}: ConnectionSettings, readOnly: boolean): string | undefined {
  const {options, ...named} = parameters;
  const all = {...named, ...(readOnly ? {default_transaction_read_only: 'on'} : {})};
  const words = Object.entries(all).map(
    ([name, value]) => `-c ${name}=${value.replaceAll(/[\\\s]/g, found => `\\${found}`)}`,
  );
  const text = [options, ...words].filter(Boolean).join(' ');
  return text === '' ? undefined : text;
}

/** Without what the address carried for others: drivers send to the server what they do not know. */
function urlWith(settings: ConnectionSettings, {password, sslPassword}: ProgramSecrets): string {
  const url = formatConnectionUrl({
    ...settings,
    extra: sslPassword === undefined ? {} : {sslpassword: sslPassword},
  });
  if (password === undefined) return url;
  // Names are encoded, so the first @ ends the user.
  return url.replace('@', () => `:${encodeURIComponent(password)}@`);
}
