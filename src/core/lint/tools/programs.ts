import type {Span} from '../../sql/positions.ts';
import {javascriptTokens} from '../passages/javascript-tokens.ts';
import {closingOf, type ProgramToken} from '../passages/program.ts';

/** The inside of a function's braces. */
interface Body extends Span {
  /** Of its statements. */
  readonly indent: string;
}

/** @returns the body of the function `up` or `down` of a program in JavaScript or TypeScript */
export function functionNamed(text: string, name: string): Body | undefined {
  const tokens = javascriptTokens(text);
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || token.text !== name || tokens[index - 1]?.text === '(') continue;
    const open = bodyBehind(tokens, index + 1);
    const opening = tokens[open];
    const closing = tokens[closingOf(tokens, open)];
    if (!opening || !closing) continue;
    return {start: opening.end, end: closing.start, indent: indentOf(text, tokens[open + 1], closing)};
  }
  return undefined;
}

/** The first brace that opens behind the parameters. */
function bodyBehind(tokens: readonly ProgramToken[], start: number): number {
  for (let index = start; index < Math.min(tokens.length, start + 60); index += 1) {
    const text = tokens[index]?.text;
    if (text === '{') return index;
    if (text === ';' || text === '}') break;
    if (text === '(') index = closingOf(tokens, index);
  }
  return -1;
}

function indentOf(text: string, first: ProgramToken | undefined, closing: Span): string {
  const line = (offset: number): string =>
    /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
  return first?.beginsLine && first.start < closing.start ? line(first.start) : `${line(closing.start)}  `;
}
