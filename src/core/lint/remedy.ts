import type {Edit} from './finding.ts';

/** A statement that takes the place of another. */
export interface Step {
  /** Without a semicolon. */
  readonly sql: string;
  /** `alone`: outside of any transaction. `own`: not in one transaction with the step before it. */
  readonly how: 'any' | 'own' | 'alone';
  /** Words for a file's name, where it gets one of its own: `validate orders_customer_fk`. */
  readonly title: string;
  /** What a down file of its own would do; empty for nothing. */
  readonly undo: string;
}

/** How a finding can be mended, as far as a rule knows it: where things go is the migration tool's matter. */
export type Remedy = {
  readonly title: string;
  readonly preferred?: boolean;
} &
  /** Edits of the statement's text. */
  (
    | {readonly kind: 'edit'; readonly edits: readonly Edit[]}
    /** Takes the statement's place. Without any step the statement goes, with its semicolon. */
    | {readonly kind: 'steps'; readonly steps: readonly Step[]}
    /** Takes the place of one action of an ALTER TABLE; the other actions stay. */
    | {readonly kind: 'action-steps'; readonly action: number; readonly steps: readonly Step[]}
    /** Statements at the beginning of the direction's part of the file. */
    | {readonly kind: 'first'; readonly sql: string}
    /** Statements at the end of the direction's part of the file. */
    | {readonly kind: 'last'; readonly sql: string}
    /** Statements directly behind this one, in the same file. */
    | {readonly kind: 'after'; readonly sql: string}
    /** The text of the other direction, which is missing or empty. */
    | {readonly kind: 'counterpart'; readonly sql: string}
    /** The file gets another version. */
    | {readonly kind: 'renumber'}
  );
