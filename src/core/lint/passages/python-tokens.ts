import {afterMatch, controls, tokensOf} from './lexer.ts';
import type {Literal, ProgramToken} from './program.ts';

const blank = /(?:[ \t\f\r]|\\\r?\n|#[^\n]*)+/y;
const name = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const number = /\d[\w.]*/y;
const opening = /([rRbBuUfFtT]{0,2})("""|'''|"|')/y;
const escape =
  /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|(\r?\n)|([\\'"abfnrtv])|N\{[^}]*\})/y;
const escapes: Readonly<Record<string, string>> = {...controls, a: '\u0007'};

/**
 * @returns the tokens of a Python source. Line ends outside of strings are told by `beginsLine` of the next one
 * Source: https://docs.python.org/3/reference/lexical_analysis.html
 */
export function pythonTokens(text: string): readonly ProgramToken[] {
  return tokensOf(text, {blank, tokenAt});
}

function tokenAt(text: string, start: number, beginsLine: boolean): ProgramToken {
  opening.lastIndex = start;
  const opened = opening.exec(text);
  if (opened) {
    const [whole, prefix = '', quote = '"'] = opened;
    const literal = literalFrom(text, start + whole.length, prefix.toLowerCase(), quote);
    const end = Math.min(text.length, literal.inside.end + quote.length);
    return {kind: 'string', start, end, beginsLine, text: text.slice(start, end), literal};
  }
  const word = Math.max(afterMatch(name, text, start), afterMatch(number, text, start));
  if (word > start) return {kind: 'name', start, end: word, beginsLine, text: text.slice(start, word)};
  return {kind: 'mark', start, end: start + 1, beginsLine, text: text[start] ?? ''};
}

function literalFrom(text: string, start: number, prefix: string, quote: string): Literal {
  const raw = prefix.includes('r');
  const formatted = prefix.includes('f') || prefix.includes('t');
  const parts: Literal['parts'][number][] = [];
  let at = start;
  while (at < text.length && !text.startsWith(quote, at) && (quote.length === 3 || text[at] !== '\n')) {
    const part = partAt(text, at, {raw, formatted});
    if (part) parts.push(part);
    // In a raw string a backslash keeps a quote from ending it, and both stay.
    at = part?.end ?? at + (text[at] === '\\' ? 2 : 1);
  }
  return {
    inside: {start, end: Math.min(at, text.length)},
    parts,
    write: sql => write(sql, {raw, formatted, quote}),
  };
}

interface Way {
  readonly raw: boolean;
  readonly formatted: boolean;
}

function partAt(text: string, at: number, {raw, formatted}: Way): Literal['parts'][number] | undefined {
  if (!raw && text[at] === '\\') return escapeAt(text, at);
  if (!formatted) return undefined;
  const two = text.slice(at, at + 2);
  if (two === '{{' || two === '}}') return {start: at, end: at + 2, means: two.slice(1)};
  return text[at] === '{' ? {start: at, end: afterHole(text, at), hole: true} : undefined;
}

function escapeAt(text: string, start: number): Literal['parts'][number] | undefined {
  escape.lastIndex = start;
  const found = escape.exec(text);
  if (!found) return undefined;
  const [whole, two, four, eight, octal, newline, other] = found;
  const end = start + whole.length;
  const hex = two ?? four ?? eight;
  const code =
    hex === undefined
      ? octal === undefined
        ? undefined
        : Number.parseInt(octal, 8)
      : Number.parseInt(hex, 16);
  if (code !== undefined && code <= 0x10ffff) return {start, end, means: String.fromCodePoint(code)};
  if (newline !== undefined) return {start, end, means: ''};
  return {start, end, means: other === undefined ? '?' : (escapes[other] ?? other)};
}

/** Behind the brace that ends a replacement field. */
function afterHole(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if ('([{'.includes(text[at] ?? '')) depth += 1;
    if (')]}'.includes(text[at] ?? '')) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function write(sql: string, {raw, formatted, quote}: Way & {readonly quote: string}): string | undefined {
  const last = quote.slice(0, 1);
  const isOpen = sql.includes(quote) || sql.endsWith(last);
  if (quote.length === 1 && /[\r\n]/.test(sql)) return undefined;
  if (raw && (isOpen || sql.includes('\\'))) return undefined;
  const braces = formatted ? sql.replaceAll(/[{}]/g, '$&$&') : sql;
  if (raw) return braces;
  const escaped = braces.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  // One quote at the end would end the string together with two of the three behind it.
  return escaped.endsWith(last) && quote.length === 3 ? `${escaped.slice(0, -1)}\\${last}` : escaped;
}
