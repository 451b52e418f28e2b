import {afterMatch, controls, tokensOf} from './lexer.ts';
import type {Literal, ProgramToken} from './program.ts';

const blank = /(?:[^\S\n]|\/\/[^\n]*|\/\*[^]*?\*\/)+/y;
const name = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const number = /\d[\w.]*/y;
const pattern = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const escape = /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r?\n)|([^]))/y;
const escapes: Readonly<Record<string, string>> = {...controls, '0': '\0'};

/**
 * @returns the tokens of a JavaScript or TypeScript source; a regular expression is a mark
 * Source: https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar
 */
export function javascriptTokens(text: string): readonly ProgramToken[] {
  return tokensOf(text, {blank, tokenAt});
}

function tokenAt(text: string, start: number, beginsLine: boolean, before?: ProgramToken): ProgramToken {
  const quote = text[start] ?? '';
  if (`'"\``.includes(quote)) {
    const literal = literalFrom(text, start + 1, quote);
    const end = Math.min(text.length, literal.inside.end + 1);
    return {kind: 'string', start, end, beginsLine, text: text.slice(start, end), literal};
  }
  const word = Math.max(afterMatch(name, text, start), afterMatch(number, text, start));
  if (word > start) return {kind: 'name', start, end: word, beginsLine, text: text.slice(start, word)};
  const regular = quote === '/' && !endsOperand(before) ? afterMatch(pattern, text, start) : start;
  const end = Math.max(regular, start + 1);
  return {kind: 'mark', start, end, beginsLine, text: text.slice(start, end)};
}

/** Behind an operand a slash divides. */
function endsOperand(before?: ProgramToken): boolean {
  if (!before) return false;
  if (before.kind === 'mark') return ')]}'.includes(before.text);
  return (
    before.kind === 'string' || !/^(?:return|typeof|case|in|of|do|else|void|await|yield)$/.test(before.text)
  );
}

function literalFrom(text: string, start: number, quote: string): Literal {
  const parts: Literal['parts'][number][] = [];
  const lineEnd = quote === '`' ? quote : '\n';
  let at = start;
  while (at < text.length && text[at] !== quote && text[at] !== lineEnd) {
    const part = partAt(text, at, quote);
    if (part) parts.push(part);
    at = part?.end ?? at + 1;
  }
  return {inside: {start, end: at}, parts, write: sql => write(sql, quote)};
}

function partAt(text: string, at: number, quote: string): Literal['parts'][number] | undefined {
  if (text[at] === '\\') return escapeAt(text, at);
  if (quote !== '`') return undefined;
  return text.startsWith('${', at) ? {start: at, end: afterHole(text, at + 2), hole: true} : undefined;
}

function escapeAt(text: string, start: number): Literal['parts'][number] {
  escape.lastIndex = start;
  const [whole = '\\', braces, four, two, newline, other = ''] = escape.exec(text) ?? [];
  const end = Math.min(text.length, start + whole.length);
  const hex = braces ?? four ?? two;
  const code = hex === undefined ? undefined : Number.parseInt(hex, 16);
  if (code !== undefined && code <= 0x10ffff) return {start, end, means: String.fromCodePoint(code)};
  return {start, end, means: newline === undefined ? (escapes[other] ?? other) : ''};
}

/** Behind the brace that ends an expression, in which there may be strings again. */
function afterHole(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length;) {
    const character = text[at] ?? '';
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return at + 1;
    at = `'"\``.includes(character) ? literalFrom(text, at + 1, character).inside.end + 1 : at + 1;
  }
  return text.length;
}

function write(sql: string, quote: string): string | undefined {
  if (quote !== '`' && /[\r\n]/.test(sql)) return undefined;
  const escaped = sql.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return quote === '`' ? escaped.replaceAll('${', '\\${') : escaped;
}
