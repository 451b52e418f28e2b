/** What an expected failure is about; callers branch on this, never on message text. */
export type FailureReason =
  | 'invalid-input'
  | 'unreachable'
  | 'timed-out'
  | 'authentication'
  | 'no-such-database'
  | 'tls-refused'
  | 'tls-untrusted'
  | 'tls-file'
  | 'too-many-connections'
  | 'connection-lost'
  | 'cancelled'
  | 'sql'
  | 'read-only'
  | 'locked'
  | 'session-not-kept'
  | 'dirty'
  | 'duplicate-version'
  | 'missing-file'
  | 'nothing-to-do'
  | 'unreadable-file'
  | 'unwritable-file'
  | 'not-trusted'
  | 'unsupported';

/**
 * The fields of PostgreSQL's ErrorResponse that people act on.
 * Source: https://www.postgresql.org/docs/current/protocol-error-fields.html
 */
export interface ServerError {
  /** Five-character SQLSTATE, such as `42P01`. */
  readonly sqlState: string;
  readonly severity: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Position in the query that was sent: 1-based, in characters (code points), not bytes or UTF-16 units. */
  readonly position?: number;
  /** Position in `internalQuery`, counted as `position` is. */
  readonly internalPosition?: number;
  readonly internalQuery?: string;
  readonly where?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly dataType?: string;
  readonly constraint?: string;
}

/** An expected failure: what happened, and what to do next. Never holds a secret. */
export interface Failure {
  readonly reason: FailureReason;
  /** What happened, in one sentence for the user. */
  readonly message: string;
  /** What the user can do next. */
  readonly advice?: string;
  /** The setting of Howdah that helps, such as `alembic.python`. */
  readonly setting?: string;
  /** Present when a PostgreSQL server reported the failure. */
  readonly server?: ServerError;
  /** In a script of several statements: how many had completed before the one that failed (or was cut off). */
  readonly completedStatements?: number;
}

/** The result of anything that is expected to fail at times; exceptions are for bugs. */
export type Outcome<T> =
  | {readonly ok: true; readonly value: T}
  | {readonly ok: false; readonly failure: Failure};

/** @returns an outcome that carries `value`. */
export function ok<T>(value: T): Outcome<T> {
  return {ok: true, value};
}

/** @returns an outcome that carries a failure. */
export function fail(
  reason: FailureReason,
  message: string,
  more: Omit<Failure, 'reason' | 'message'> = {},
): {readonly ok: false; readonly failure: Failure} {
  return {ok: false, failure: {reason, message, ...more}};
}
