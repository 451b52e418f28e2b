import type {Direction} from '../migrations/migration.ts';
import type {Span} from '../sql/positions.ts';
import type {SchemaModel} from './model/schema.ts';
import type {LintStatement} from './statement.ts';
import type {Tool} from './tools/tool.ts';

/**
 * SQL that a document holds and that its tool sends at once: a whole file, a part between two markers, a string of a
 * program.
 */
export interface Passage {
  readonly direction: Direction;
  /** As PostgreSQL gets it: escapes of a string are resolved. */
  readonly sql: string;
  /** Where it is in the document. */
  readonly span: Span;
  /** @returns the document's offset of an offset in `sql` */
  toDocument(offset: number): number;
  /** Every character of it stands in the document as it is, so that edits can be made inside. */
  readonly verbatim: boolean;
  /**
   * Passages of the same number share a transaction; undefined: each statement runs by itself. A passage that is sent
   * as one query is a transaction of its own, unless it is a single statement.
   */
  readonly block?: number;
  /** `query`: one message with all statements. `each`: one message for each statement. */
  readonly sent: 'query' | 'each';
  /**
   * What a program or a template puts in, ascending: in `sql` a name of the same length stands for it. A statement with
   * one that does not parse is no error, because nobody knows the text that PostgreSQL gets.
   */
  readonly placeholders?: readonly Placeholder[];
  /** Where the document is a program: what of it sends the passage. */
  readonly call?: Call;
}

/** Offsets are those of `sql`. */
export interface Placeholder extends Span {
  /** As the document has it, such as `{{ .Schema }}`. */
  readonly written: string;
}

/** A statement of a program that does nothing but send a passage. Its span is the document's. */
export interface Call extends Span {
  /** What stands between two of them, without the line's end. */
  readonly separator: string;
  /** @returns SQL as it stands inside of the program's string; undefined where that cannot hold it */
  write(sql: string): string | undefined;
}

export interface PlacedStatement {
  readonly statement: LintStatement;
  readonly passage: Passage;
  /** In the document, from its first to its last character. */
  readonly span: Span;
  readonly inTransaction: boolean;
  /** Statements with the same number share a transaction. */
  readonly block?: number;
}

/** What is known of a file's place in its history; all absent for a file outside of a project. */
export interface FileHistory {
  /** The migration's id and the version as the file name writes it. */
  readonly id?: string;
  readonly label?: string;
  /** Other files with the same version and direction. */
  readonly duplicates?: readonly string[];
  /** Its tool passes it over on the target, or on any database that is at `behind`. */
  readonly neverRuns?: {readonly behind: string};
  /** Sequential numbers are missing before it, where all others are without gaps. */
  readonly gapAfter?: string;
  /** It was changed after it had been applied, as `by` knows. */
  readonly editedAfterApply?: {readonly by: 'git' | 'checksum'; readonly target?: string};
  /** The version that a new name would get. */
  readonly freeLabel?: string;
}

export interface LintFile {
  readonly path: string;
  /** The whole document. */
  readonly text: string;
  readonly tool: Tool;
  /** Of its statements and passages. A document with parts for both directions is looked at once for each. */
  readonly direction: Direction;
  /** On the target; `unknown` without one. Nothing is said of files that are applied, but that they were edited. */
  readonly state: 'pending' | 'applied' | 'unknown';
  readonly statements: readonly PlacedStatement[];
  readonly passages: readonly Passage[];
  readonly history: FileHistory;
  /** The statements of the other direction, where it has a file or a part; undefined where it has none. */
  readonly counterpart?: {
    readonly path: string;
    readonly statements: readonly LintStatement[];
    /** The document that they are in, and where. */
    readonly text?: string;
    readonly placed?: readonly PlacedStatement[];
    /** The schema before up, where this is up. */
    readonly before?: SchemaModel;
  };
}
