import type {ConnectionSettings, Endpoint} from './connection.ts';

/** One line of a password file. A field that is left out stands for anything (`*`). */
export interface PassfileEntry {
  /** 1-based. */
  readonly line: number;
  readonly host?: string;
  readonly port?: string;
  readonly database?: string;
  readonly user?: string;
  readonly password: string;
}

/** libpq's compiled-in socket directory: Debian's packages and the source's own choice. */
const defaultSocketDirectories: readonly string[] = ['/var/run/postgresql', '/run/postgresql', '/tmp'];

/**
 * Reads a `.pgpass` file: `hostname:port:database:username:password`, where `\` escapes `:` and `\`.
 * Lines with too few fields are skipped, as in libpq.
 * Source: https://www.postgresql.org/docs/current/libpq-pgpass.html
 */
export function parsePassfile(text: string): readonly PassfileEntry[] {
  return text.split(/\r?\n/).flatMap((line, index): readonly PassfileEntry[] => {
    if (line === '' || line.startsWith('#')) return [];
    const fields = [...line.matchAll(/((?:[^:\\]|\\.|\\$)*)(?::|$)/gsu)].map(match => match[1] ?? '');
    const [host, port, database, user, password] = fields;
    if (host === undefined || port === undefined || database === undefined || user === undefined) return [];
    if (password === undefined || password === '') return [];
    return [
      {
        line: index + 1,
        ...(host === '*' ? {} : {host: withoutEscapes(host)}),
        ...(port === '*' ? {} : {port: withoutEscapes(port)}),
        ...(database === '*' ? {} : {database: withoutEscapes(database)}),
        ...(user === '*' ? {} : {user: withoutEscapes(user)}),
        password: withoutEscapes(password),
      },
    ];
  });
}

/**
 * Finds the password for a connection: the first line that matches, host by host.
 *
 * @returns undefined when no line matches
 */
export function lookUpPassword(
  entries: readonly PassfileEntry[],
  settings: Pick<ConnectionSettings, 'endpoints' | 'database' | 'user'>,
): string | undefined {
  for (const endpoint of settings.endpoints) {
    const found = entries.find(entry => matches(entry, endpoint, settings.database, settings.user));
    if (found) return found.password;
  }
  return undefined;
}

function matches(entry: PassfileEntry, endpoint: Endpoint, database: string, user: string): boolean {
  const hosts = defaultSocketDirectories.includes(endpoint.host)
    ? [endpoint.host, 'localhost']
    : [endpoint.host];
  return (
    (entry.host === undefined || hosts.includes(entry.host)) &&
    (entry.port === undefined || entry.port === String(endpoint.port)) &&
    (entry.database === undefined || entry.database === database) &&
    (entry.user === undefined || entry.user === user)
  );
}

function withoutEscapes(field: string): string {
  return field.replaceAll(/\\(.)/gsu, '$1');
}
