import type {Outcome} from '../outcome.ts';
import type {Span} from './positions.ts';

/** A syntax tree of PostgreSQL's own parser as plain JSON; node names are PostgreSQL's (`CreateStmt`, `IndexStmt`). */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** One statement of a text, without the blanks and comments before it and without its semicolon. */
export interface Statement extends Span {
  /** PostgreSQL's name of the node, such as `CreateStmt`. */
  readonly kind: string;
  readonly node: SyntaxNode;
}

export interface Token extends Span {
  /**
   * PostgreSQL's name of the token (`IDENT`, `SCONST`, `PARAM`, `SQL_COMMENT`, `ASCII_59` for a semicolon), for a
   * keyword its class (`RESERVED_KEYWORD`, …), and `UNKNOWN` for what the library does not name, such as operators.
   */
  readonly kind: string;
}

/** PostgreSQL's own parser, behind a port because it is WASM that should load on first use only. */
export interface Parser {
  /**
   * @returns the statements in order. A syntax error is an `sql` failure with `server.position`, counted as the
   * server counts it.
   */
  parse(sql: string): Promise<Outcome<readonly Statement[]>>;
  /**
   * @returns one short text for all statements that differ in their constants, blanks and comments only.
   * Failures as of `parse`
   */
  fingerprint(sql: string): Promise<Outcome<string>>;
  /**
   * @returns the tokens of PostgreSQL's scanner, comments among them, also of a text that does not parse.
   * A string or comment without an end is an `sql` failure
   */
  scan(sql: string): Promise<Outcome<readonly Token[]>>;
}
