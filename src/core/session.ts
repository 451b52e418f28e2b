import type {Outcome, ServerError} from './outcome.ts';

/** The part of an `AbortSignal` that the core needs; an `AbortSignal` is one. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: {once?: boolean}): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One row as the server sent it: int8 and numeric are strings, timestamps are `Date`. */
export type Row = Readonly<Record<string, unknown>>;

export interface QueryResult {
  readonly rows: readonly Row[];
  /** Rows that the command tag names (returned or affected). */
  readonly rowCount: number;
  /** Column names in the order of the result; two columns may have one name. */
  readonly columns: readonly string[];
}

/** What most code needs of a server. The embedded PostgreSQL implements it as well. */
export interface Queryable {
  /**
   * Runs one statement with the extended protocol.
   * @param sql one statement; values are `$1`, `$2`, … and never part of the text
   * @param signal an abort sends a cancel request to the server; the outcome is then a `cancelled` failure
   */
  query(sql: string, params?: readonly unknown[], signal?: Signal): Promise<Outcome<QueryResult>>;
}

export interface ServerIdentity {
  /** `server_version_num`, such as 160014. */
  readonly versionNumber: number;
  /** `server_version`, such as `16.14`. */
  readonly version: string;
  readonly database: string;
  readonly user: string;
  /** Host name, address or socket directory that was connected to. */
  readonly host: string;
  readonly port: number;
  readonly backendPid: number;
  readonly encrypted: boolean;
  /** True for a standby: `pg_is_in_recovery()`. */
  readonly standby: boolean;
}

export type Notice = Omit<ServerError, 'position'>;

export interface TextsOptions {
  readonly params?: readonly unknown[];
}

/** One server connection, held by one owner from `open` to `close`. */
export interface Session extends Queryable {
  readonly server: ServerIdentity;
  /**
   * Sends the whole text as ONE simple-protocol query, as golang-migrate and libpq's `PQexec` do: several
   * statements form one implicit transaction block unless the text has transaction control of its own.
   * On failure `server.position` counts from the start of `sql`, and `completedStatements` is the number of
   * CommandComplete messages that came before the error.
   * @param signal an abort cancels on the server
   */
  script(sql: string, signal?: Signal): Promise<Outcome<void>>;
  /**
   * Runs one statement and returns the first column of its rows in the server's own text, NULL left out.
   * @param options `params` go by the extended protocol, as in `query`. Without them the simple protocol is used, which
   * `EXPLAIN (GENERIC_PLAN)` needs
   * @param signal an abort cancels on the server
   */
  texts(sql: string, options?: TextsOptions, signal?: Signal): Promise<Outcome<readonly string[]>>;
  /** `idle` outside a transaction block, `open` inside one, `failed` in an aborted one, `gone` without a connection. */
  transactionStatus(): 'idle' | 'open' | 'failed' | 'gone';
  /** Calls `listener` for each notice or warning; returns a function that ends it. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Never fails; closing twice is harmless. */
  close(): Promise<void>;
}
