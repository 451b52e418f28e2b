import type {Statement} from '../sql/parser.ts';

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
