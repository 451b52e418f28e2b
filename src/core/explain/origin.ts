/** `explain` plans only; `generic` plans as a prepared statement that was run often; `analyze` executes. */
export type ExplainMode = 'explain' | 'generic' | 'analyze';

/** How an executed statement was kept from changing the database. */
export type Guard = 'read-only' | 'rolled-back';

/** One placeholder's value as the user typed it; null is SQL's NULL. */
export interface ParameterValue {
  /** As the statement writes it: `$1`, `:id`, `%(id)s`, `?`. */
  readonly name: string;
  /** As `format_type` writes it; absent when the server could not tell. */
  readonly type?: string;
  readonly value: string | null;
}

/** Milliseconds; 0 leaves the server's own setting. */
export interface Timeouts {
  readonly statement: number;
  readonly lock: number;
}
