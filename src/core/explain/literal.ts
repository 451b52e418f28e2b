import {replacing, type Replacement} from './mapped-text.ts';

/** SQL out of a string literal of another language, and where each of its characters stands in the selection. */
export interface LiteralSql {
  readonly sql: string;
  readonly toDocument: (offset: number) => number;
}

interface Quote {
  readonly open: RegExp;
  readonly close: string;
  readonly escapes: 'backslash' | 'doubled' | 'none';
}

/** Tried in this order. What stands before a quote is Python's, C#'s, C++'s or Rust's prefix or a template's tag. */
const quotes: readonly Quote[] = [
  {open: /[bB]?[rR][bB]?"""/y, close: '"""', escapes: 'none'},
  {open: /[bB]?[rR][bB]?'''/y, close: "'''", escapes: 'none'},
  {open: /[bBuUfF$]{0,2}"""/y, close: '"""', escapes: 'backslash'},
  {open: /[bBuUfF]{0,2}'''/y, close: "'''", escapes: 'backslash'},
  {open: /\$?@\$?"/y, close: '"', escapes: 'doubled'},
  {open: /r#"/y, close: '"#', escapes: 'none'},
  {open: /[rR]"/y, close: '"', escapes: 'none'},
  {open: /[rR]'/y, close: "'", escapes: 'none'},
  {open: /[\w.$]*`/y, close: '`', escapes: 'backslash'},
  {open: /[bBuUfF$]{0,2}"/y, close: '"', escapes: 'backslash'},
  {open: /[bBuUfF]{0,2}'/y, close: "'", escapes: 'backslash'},
];

/** What may stand around and between literals that make one text, as in `("a" + "b"),`. */
const glue = /[\s+(),;\\.&]*/y;

/** One literal: where it stands with its quotes, and what of its inside reads otherwise than it is written. */
interface Literal {
  readonly start: number;
  readonly inside: number;
  readonly insideEnd: number;
  readonly end: number;
  readonly escapes: readonly Replacement[];
}

/**
 * @param text what the user selected: a string literal, or several joined ones; anything else is taken as it is
 * @returns the SQL, with escapes resolved
 */
export function sqlInLiteral(text: string): LiteralSql {
  const found = literals(text);
  if (found === undefined) return {sql: text, toDocument: offset => offset};
  const replacements: Replacement[] = [];
  let done = 0;
  for (const {inside, insideEnd, escapes} of found) {
    replacements.push({start: done, end: inside, text: ''}, ...escapes);
    done = insideEnd;
  }
  const mapped = replacing(text, [...replacements, {start: done, end: text.length, text: ''}]);
  return {sql: mapped.text, toDocument: offset => mapped.toOriginal(offset)};
}

/** @returns nothing when the text has more, or less, than literals */
function literals(text: string): readonly Literal[] | undefined {
  const found: Literal[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    const literal = literalAt(text, at);
    if (literal === undefined) return undefined;
    found.push(literal);
    at = skip(text, literal.end);
  }
  return found.length === 0 ? undefined : found;
}

function skip(text: string, at: number): number {
  glue.lastIndex = at;
  return at + (glue.exec(text)?.[0].length ?? 0);
}

function literalAt(text: string, start: number): Literal | undefined {
  for (const {open, close, escapes: way} of quotes) {
    open.lastIndex = start;
    const opened = open.exec(text);
    if (opened === null) continue;
    const inside = start + opened[0].length;
    const body = insideOf(text, inside, close, way);
    if (body) return {start, inside, ...body, end: body.insideEnd + close.length};
  }
  return undefined;
}

function insideOf(
  text: string,
  inside: number,
  close: string,
  way: Quote['escapes'],
): {readonly insideEnd: number; readonly escapes: readonly Replacement[]} | undefined {
  const escapes: Replacement[] = [];
  for (let at = inside; at < text.length;) {
    const escape = escapeAt(text, at, way);
    if (escape) {
      escapes.push(escape);
      at = escape.end;
    } else if (text.startsWith(close, at)) return {insideEnd: at, escapes};
    else at += 1;
  }
  return undefined;
}

const backslashed =
  /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|(\r?\n)|([^]))/y;
const controls: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', b: '\b'};

function escapeAt(text: string, at: number, way: Quote['escapes']): Replacement | undefined {
  if (way === 'doubled' && text.startsWith('""', at)) return {start: at, end: at + 2, text: '"'};
  if (way !== 'backslash' || text[at] !== '\\') return undefined;
  backslashed.lastIndex = at;
  const found = backslashed.exec(text);
  if (found === null) return undefined;
  const [whole, braces, four, eight, two, newline, other] = found;
  const code = braces ?? four ?? eight ?? two;
  const meant = code === undefined ? undefined : Number.parseInt(code, 16);
  const end = at + whole.length;
  if (meant !== undefined && meant <= 0x10ffff) return {start: at, end, text: String.fromCodePoint(meant)};
  // A backslash before the end of a line joins the two lines.
  if (newline !== undefined) return {start: at, end, text: ''};
  return other === undefined ? undefined : {start: at, end, text: controls[other] ?? other};
}
