import type {Statement} from '../sql/parser.ts';
import {enumerated} from '../words.ts';
import {effectsOf} from './gate/effects.ts';
import {refusalOf} from './gate/refusal.ts';
import {unwrap} from './gate/unwrap.ts';

/** What may be done with a statement, as far as its text tells. The server's read-only transaction has the last word. */
export type Verdict =
  /** May be executed in a read-only transaction. */
  | {readonly kind: 'reads'; readonly explained: Statement; readonly notes: readonly string[]}
  /** Changes data: to be planned, or executed and rolled back after a question. */
  | {
      readonly kind: 'writes';
      readonly explained: Statement;
      /** What it changes, as a phrase: `deletes from orders`. */
      readonly what: string;
      readonly notes: readonly string[];
    }
  /** Calls something that no transaction undoes (`pg_terminate_backend`, `dblink_exec`): to be planned only, unless confirmed. */
  | {
      readonly kind: 'escapes';
      readonly explained: Statement;
      readonly what: string;
      readonly notes: readonly string[];
    }
  /** EXPLAIN does not take it, and nothing inside it can be explained either. */
  | {readonly kind: 'not-explainable'; readonly why: string; readonly advice: string};

/**
 * Judges a statement before it is sent. What functions, views, operators, triggers and rules do is not in the text:
 * the transaction that `explainStatement` opens is what keeps them from changing anything.
 * @param statement one statement of `sql`
 * @param sql the text that `statement` counts in
 * @returns the verdict; `explained` is what to send, `sql.slice(explained.start, explained.end)`: the statement
 * itself, or the one inside EXPLAIN, DECLARE, COPY, CREATE VIEW or PREPARE, with a note for each that was left away
 */
export function verdictOf(statement: Statement, sql: string): Verdict {
  const {statement: explained, notes: left} = unwrap(statement, sql);
  const refusal = refusalOf(explained, sql);
  if (refusal) return {kind: 'not-explainable', ...refusal};
  const {changes, escapes, notes: more} = effectsOf(explained);
  const notes = [...left, ...more];
  if (escapes.length > 0)
    return {kind: 'escapes', explained, what: enumerated([...escapes, ...changes]), notes};
  return changes.length > 0
    ? {kind: 'writes', explained, what: enumerated(changes), notes}
    : {kind: 'reads', explained, notes};
}
