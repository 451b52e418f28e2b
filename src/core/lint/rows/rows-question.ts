import type {LiveQuestion} from '../../rehearse/live-questions.ts';
import type {Span} from '../../sql/positions.ts';

/** What a row that contradicts a statement has, or has not. Columns are quoted where needed. */
export type Offence =
  | {readonly kind: 'null'; readonly column: string}
  /** Any row: it gets no value in a column that is added NOT NULL. */
  | {readonly kind: 'no-value'; readonly column: string}
  /** `name` is absent where the statement gives none. */
  | {readonly kind: 'check'; readonly name?: string}
  | {readonly kind: 'orphan'; readonly columns: readonly string[]; readonly references: string}
  | {readonly kind: 'duplicate'; readonly keys: readonly string[]}
  | {readonly kind: 'type'; readonly column: string; readonly type: string};

/** Columns that a question reads. */
export interface Needed {
  /** Qualified, quoted where needed. */
  readonly table: string;
  /** As the catalog has them, without quotes. */
  readonly columns: readonly string[];
}

/** Whether one of the things that a statement demands of rows is so today. */
export interface RowsQuestion {
  readonly question: LiveQuestion;
  /** As people write it: without `public`. */
  readonly table: string;
  readonly offence: Offence;
  readonly needs: readonly Needed[];
}

/** A question with the clause of the statement that it comes from. */
export interface PlacedQuestion extends RowsQuestion, Span {}

/** All that a statement demands of rows. Findings of one statement share one of these. */
export interface RowsDemand {
  /** The statement's text. */
  readonly statement: string;
  /** Places are of the document. Empty where it demands nothing, or nobody knows what. */
  readonly questions: readonly PlacedQuestion[];
  /** Tables, as people write them, whose rows an earlier statement of the same file changes. */
  readonly changedBefore: readonly string[];
}
