/** How careful to be. Production is shown in the theme's error colour, and a write asks for the connection's name. */
export type Environment = 'development' | 'staging' | 'production';

export const environments: readonly Environment[] = ['development', 'staging', 'production'];

/**
 * libpq's meaning, which is not that of most drivers.
 * Source: https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS
 */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export const sslModes: readonly SslMode[] = [
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
];

/** libpq's `target_session_attrs`: which of several hosts will do. */
export type TargetSessionAttrs =
  | 'any'
  | 'read-write'
  | 'read-only'
  | 'primary'
  | 'standby'
  | 'prefer-standby';

export interface Endpoint {
  /** A host name, an address, or the directory of a Unix socket (it begins with `/`). */
  readonly host: string;
  readonly port: number;
  /**
   * libpq's `hostaddr`: connect to this numeric address without a look-up. `host` stays what the certificate
   * must carry and what `.pgpass` is searched for.
   */
  readonly address?: string;
}

/** Everything needed to open a session, but for the password, which travels beside it and is never stored with it. */
export interface ConnectionSettings {
  /** Tried in order; never empty. */
  readonly endpoints: readonly Endpoint[];
  readonly database: string;
  readonly user: string;
  readonly sslMode: SslMode;
  /** A path, or `system` for the operating system's certificates. */
  readonly sslRootCert?: string;
  readonly sslCert?: string;
  readonly sslKey?: string;
  readonly targetSessionAttrs: TargetSessionAttrs;
  /** Seconds for each host; 0 waits without an end. */
  readonly connectTimeout: number;
  readonly applicationName?: string;
  /** Run-time parameters sent at the start of the session, such as `search_path` and `options`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What the address carried for others (`pool_max_conns`, `x-migrations-table`): kept, never sent to the server. */
  readonly extra: Readonly<Record<string, string>>;
}

export type ConnectionSource =
  | {readonly kind: 'added'}
  | {readonly kind: 'playground'}
  /** `label` is what the tree shows, such as `.env · DATABASE_URL`; `line` is 1-based. */
  | {readonly kind: 'file'; readonly path: string; readonly label: string; readonly line?: number};

export interface Connection {
  /** Stable across restarts, and free of secrets. */
  readonly id: string;
  readonly name: string;
  readonly source: ConnectionSource;
  readonly environment: Environment;
  /** Enforced by the server: the session starts with `default_transaction_read_only=on`. */
  readonly readOnly: boolean;
  readonly settings: ConnectionSettings;
}
