import type {Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';

/** ms to wait for a lock: nothing is worth making others queue behind it. */
const lockTimeout = 200;

export interface BeginOptions {
  readonly signal?: Signal;
  /** ms that one statement may take; 10,000 unless told. */
  readonly statementTimeout?: number;
}

/** Begins a read-only transaction with timeouts and an empty search_path. */
export function beginReading(
  db: Session,
  {statementTimeout = 10_000, signal}: BeginOptions,
): Promise<Outcome<void>> {
  // Compiling takes longer than reading: the planner takes views of statistics for much larger than they are.
  // One text, so that it is one round trip; SET LOCAL, so that a pooler hands nothing of it to others.
  return db.script(
    `BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${Math.round(statementTimeout)}; SET LOCAL lock_timeout = ${lockTimeout}; SET LOCAL jit = off; SET LOCAL search_path = ''`,
    signal,
  );
}
