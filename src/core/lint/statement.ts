import type {SyntaxNode} from '../sql/parser.ts';
import type {Span} from '../sql/positions.ts';

/** A token of the statement that is no comment. */
export interface Word extends Span {
  /** In upper case where it is no quoted name, string or number; those are as written. */
  readonly text: string;
}

/** One action of ALTER TABLE (or of another ALTER with a list of them), with its clause in the text. */
export interface Action extends Span {
  /** PostgreSQL's name of it: `AT_AddConstraint`. */
  readonly subtype: string;
  /** The `AlterTableCmd`. */
  readonly node: SyntaxNode;
}

/** A statement as rules see it. All offsets are UTF-16 offsets in `sql`, which is the statement alone. */
export interface LintStatement {
  /** PostgreSQL's name of the node, such as `CreateStmt`. */
  readonly kind: string;
  readonly node: SyntaxNode;
  /** Without the comments before it and without its semicolon. */
  readonly sql: string;
  /** From its first to its last character. */
  readonly whole: Span;
  /** Its command in upper case words: `CREATE UNIQUE INDEX`. */
  readonly command: string;
  readonly words: readonly Word[];
  /** Empty where it is no ALTER with a list of actions. */
  readonly actions: readonly Action[];
  /** @returns the offset of a node's `location`, which counts bytes; of the whole where there is none */
  at(location: unknown): number;
  /** @returns the name with all its parts, or else the token, that begins at a node's `location` */
  nameAt(location: unknown): Span;
  /**
   * @param phrase words with one blank between them: `IF NOT EXISTS`, `add column`
   * @param within where to look; the whole statement unless told
   * @returns the first place where they stand one after another as keywords, not inside of a name or a string
   */
  find(phrase: string, within?: Span): Span | undefined;
}
