import type {ExplainMode, Guard, Timeouts} from '../../core/explain/origin.ts';
import type {Failure, Outcome} from '../../core/outcome.ts';

/**
 * @param by how many characters stand before the user's text in what was sent
 * @returns the outcome, with the position of a failure counted in the user's text; without one where it is before it
 */
export function shifted<T>(outcome: Outcome<T>, by: number): Outcome<T> {
  if (outcome.ok || outcome.failure.server?.position === undefined) return outcome;
  const {position, ...server} = outcome.failure.server;
  const moved = position - by;
  return {
    ok: false,
    failure: {...outcome.failure, server: moved > 0 ? {...server, position: moved} : server},
  };
}

/** What was tried, for the words of a failure. */
export interface Tried {
  readonly mode: ExplainMode;
  readonly guard: Guard;
  readonly timeouts: Timeouts;
  readonly elapsedMs: number;
  readonly hasValues: boolean;
  /** Why not even a transaction that may write could. */
  readonly readOnlyBecause?: 'connection' | 'standby' | 'server';
}

type Words = Pick<Failure, 'message' | 'advice'> & Partial<Pick<Failure, 'reason'>>;

/** @returns the failure in words that say what ended the statement, by its SQLSTATE and by what was tried */
export function explainFailure(failure: Failure, tried: Tried): Failure {
  const words = wordsFor[failure.server?.sqlState ?? '']?.(failure, tried);
  // A cancel that the user asked for has the SQLSTATE of a timeout.
  return words && failure.reason !== 'cancelled' ? {...failure, ...words} : failure;
}

/** Source: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const wordsFor: Readonly<Record<string, (failure: Failure, tried: Tried) => Words | undefined>> = {
  '25006': readOnlyWords,
  // The same state says that somebody cancelled the statement; before its time, that is what it was.
  '57014': (_failure, {mode, timeouts: {statement}, elapsedMs}) =>
    statement > 0 && elapsedMs >= statement
      ? {
          reason: 'timed-out',
          message: `The statement_timeout of ${Math.ceil(statement)} ms ended it.`,
          advice:
            mode === 'analyze'
              ? 'Ask for its plan without executing it, or raise the timeout.'
              : 'Planning alone took that long. Raise the timeout.',
        }
      : undefined,
  // NOWAIT has the same state, and does not wait.
  '55P03': (_failure, {timeouts: {lock}, elapsedMs}) =>
    lock > 0 && elapsedMs >= lock
      ? {
          message: `The lock_timeout of ${Math.ceil(lock)} ms ended it: another session holds a lock that it needs.`,
          advice: 'Try again when the other session is done, or raise the timeout.',
        }
      : undefined,
  '08P01': (_failure, {hasValues}) => ({
    reason: 'invalid-input',
    message: hasValues
      ? 'The statement has another number of parameters than values were given.'
      : 'The statement has parameters, and no values were given.',
    advice: 'Give a value for each parameter, or ask for the generic plan.',
  }),
  '42P18': untypedWords,
  '42P08': untypedWords,
};

function readOnlyWords({message}: Failure, {mode, guard, readOnlyBecause}: Tried): Words {
  if (mode !== 'analyze')
    return {
      message: `Planning it writes: ${message}.`,
      advice:
        'PostgreSQL runs functions that are declared IMMUTABLE or STABLE when it plans. Declare the one that writes VOLATILE.',
    };
  if (guard === 'read-only')
    return {
      message: `It writes: ${message}.`,
      advice:
        'Ask for its plan without executing it, or execute it in a transaction that is rolled back. Sequences still advance then, and triggers, foreign tables and dblink really run.',
    };
  const reasons = {
    connection: 'This connection is read-only in Howdah',
    standby: 'The server is a standby',
    server: 'The server makes this user’s transactions read-only',
  };
  return {
    message: `${reasons[readOnlyBecause ?? 'server']}: ${message}.`,
    advice: 'Ask for its plan without executing it.',
  };
}

function untypedWords({message}: Failure): Words {
  return {
    message: `${message}.`,
    advice: 'Say its type in the statement, as in $1::integer.',
  };
}
