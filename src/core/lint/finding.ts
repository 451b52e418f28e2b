import type {LockMode} from '../rehearse/report.ts';
import type {Span} from '../sql/positions.ts';
import type {RowsDemand} from './rows/rows-question.ts';

/** The gravest first. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;

export type Severity = (typeof severities)[number];

/** What stands at a span is replaced by a text; an insertion has an empty span. */
export interface Edit extends Span {
  readonly text: string;
}

/** A migration that a fix adds after the one that it is about. */
export interface AddedMigration {
  /** Words for the file's name. */
  readonly title: string;
  readonly up: string;
  readonly down: string;
}

/** What can be done about a finding with one choice. */
export interface Fix {
  /** In the imperative: “Build the index with CONCURRENTLY”. */
  readonly title: string;
  /** In the document, ascending, not overlapping. */
  readonly edits: readonly Edit[];
  /** In the order in which they run. */
  readonly adds: readonly AddedMigration[];
  /** Edits of other documents, such as the other direction's; one that does not exist is made. */
  readonly elsewhere?: readonly {readonly path: string; readonly edits: readonly Edit[]}[];
  /** The file gets another name, such as one with a free version. */
  readonly renamesTo?: string;
  /** The one that an editor applies without asking which. */
  readonly preferred: boolean;
}

export interface RelatedPlace extends Span {
  readonly path: string;
  readonly words: string;
}

/** One place of a document, and what an experienced operator would say about it. Offsets are of the document. */
export interface Finding extends Span {
  /** The rule's id; `syntax` for what PostgreSQL's parser refuses. */
  readonly rule: string;
  readonly severity: Severity;
  /** What happens, in one line without a full stop: “Blocks writes to orders while the index is built”. */
  readonly what: string;
  /** Whole sentences. */
  readonly why: string;
  /** Whole sentences; empty where there is nothing to do. */
  readonly fix: string;
  /** The strongest lock that it is about, and on what. */
  readonly lock?: {readonly mode: LockMode; readonly relations: readonly string[]};
  /** What it rests on, a sentence each: sizes and traffic of a target, or that they are not known. */
  readonly facts: readonly string[];
  /** Whose sizes and traffic they are, and when these were read, in milliseconds since 1970. */
  readonly source?: {readonly name: string; readonly readAt: number};
  readonly fixes: readonly Fix[];
  readonly related: readonly RelatedPlace[];
  /** What its statement demands of rows; findings of one statement have the same value. */
  readonly rows?: RowsDemand | undefined;
}
