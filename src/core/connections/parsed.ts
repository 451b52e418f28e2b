import type {ConnectionSettings} from './connection.ts';

/** What an address says, with its secrets beside it. */
export interface ParsedConnection {
  readonly settings: ConnectionSettings;
  readonly password?: string;
  /** The passphrase of the client key (libpq's `sslpassword`). */
  readonly sslPassword?: string;
  /** What was understood in another way than it was written, in sentences for the user. */
  readonly notes: readonly string[];
}

/** What an address may leave out. */
export interface ConnectionDefaults {
  /** The operating system's user, as in libpq; `postgres` when it is not known. */
  readonly user?: string;
  /** The services of `pg_service.conf` by name, for addresses that name one. */
  readonly services?: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** One parameter as it was written; where a name comes twice, the later one counts. */
export type Entry = readonly [name: string, value: string];
