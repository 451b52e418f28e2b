import {firstOffset} from '../../sql/byte-order-mark.ts';
import type {ProgramToken} from './program.ts';

/** What Python and JavaScript write alike behind a backslash. */
export const controls = {b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v'} as const;

/** What is a language's own. */
interface Grammar {
  /** Blanks and comments; sticky. */
  readonly blank: RegExp;
  readonly tokenAt: (text: string, start: number, beginsLine: boolean, before?: ProgramToken) => ProgramToken;
}

export function tokensOf(text: string, {blank, tokenAt}: Grammar): readonly ProgramToken[] {
  const tokens: ProgramToken[] = [];
  let beginsLine = true;
  for (let at = firstOffset(text); at < text.length;) {
    const isLineEnd = text[at] === '\n';
    const after = afterMatch(blank, text, isLineEnd ? at + 1 : at);
    beginsLine ||= isLineEnd || endsLine.test(text.slice(at, after));
    if (after > at) {
      at = after;
      continue;
    }
    const token = tokenAt(text, at, beginsLine, tokens.at(-1));
    tokens.push(token);
    at = token.end;
    beginsLine = false;
  }
  return tokens;
}

/** Behind a backslash a line goes on. */
const endsLine = /(?<!\\\r?)\n/;

/** @returns the offset behind what a sticky expression matches here; the same offset where it matches nothing */
export function afterMatch(shape: RegExp, text: string, at: number): number {
  shape.lastIndex = at;
  return at + (shape.exec(text)?.[0].length ?? 0);
}
