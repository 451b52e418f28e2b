import type {Span} from '../../sql/positions.ts';

/** A token of a program, as far as it matters for finding SQL in it. Comments and blanks are none. */
export type ProgramToken =
  | ({readonly kind: 'name' | 'mark'; readonly text: string} & Place)
  | ({readonly kind: 'string'; readonly text: string; readonly literal: Literal} & Place);

interface Place extends Span {
  /** It is the first one of its line. */
  readonly beginsLine: boolean;
}

/** A string of a program. Offsets are the document's. */
export interface Literal {
  /** Without the quotes. */
  readonly inside: Span;
  /** In order: what it means where that is not what is written, and what the program puts in. */
  readonly parts: readonly (Span & ({readonly means: string} | {readonly hole: true}))[];
  /** @returns SQL as this kind of string writes it; undefined where it cannot hold it */
  write(sql: string): string | undefined;
}

/** A piece of a passage and where it is in the document. */
export interface Segment extends Span {
  readonly sql: string;
  /** Character by character what the document has, or a name of that length for what is put in. */
  readonly exact: boolean;
  /** What is put in. */
  readonly placeholder?: string;
}

/** @returns the token's column, which is its indentation where it begins a line */
export function columnOf(text: string, {start}: Span): number {
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

/** @returns the offset behind a bracket's partner, with strings and comments passed over; the text's end without one */
export function closingOf(tokens: readonly ProgramToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind !== 'mark') continue;
    if ('([{'.includes(token.text)) depth += 1;
    if (')]}'.includes(token.text)) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}
