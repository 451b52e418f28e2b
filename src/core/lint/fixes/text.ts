import type {Span} from '../../sql/positions.ts';
import type {LintFile, Passage, PlacedStatement} from '../file.ts';
import {isProgram} from '../tools/passage.ts';

const quotedOrWord =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[^]*?\$\1\$|--[^\n]*|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/g;

/** How a statement and its surroundings are written, so that what is added looks like it. */
export interface Manner {
  readonly lineEnd: '\r\n' | '\n';
  /** Of the line on which the statement begins. */
  readonly indent: string;
  readonly lowerCase: boolean;
}

export function mannerOf({text}: Pick<LintFile, 'text'>, {statement, span}: PlacedStatement): Manner {
  const [first] = statement.words;
  const word = first ? statement.sql.slice(first.start, first.end) : '';
  return {
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    indent: indentAt(text, span.start),
    lowerCase: word !== '' && word === word.toLowerCase(),
  };
}

/** @returns the blanks at the beginning of a line, before an offset at the latest */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/**
 * @param own the statement's text, whose names in capitals stay as they are
 * @returns SQL of ours in the file's manner: what is in capitals outside of quotes is a keyword
 */
export function inManner(sql: string, {lineEnd, indent, lowerCase}: Manner, own: string): string {
  const cased = lowerCase
    ? sql.replaceAll(quotedOrWord, word => (isKeyword(word, own) ? word.toLowerCase() : word))
    : sql;
  // Lines of the statement itself are indented already.
  return cased.replaceAll(/\r?\n/g, own.includes('\n') ? lineEnd : `${lineEnd}${indent}`);
}

function isKeyword(word: string, own: string): boolean {
  return /^[A-Z][A-Z_]*$/.test(word) && !new RegExp(`\\b${word}\\b`).test(own);
}

/** @returns the statement's offset in its passage */
export function offsetInPassage({statement, passage, span}: PlacedStatement): number {
  const {sql} = passage;
  for (let at = sql.indexOf(statement.sql); at >= 0; at = sql.indexOf(statement.sql, at + 1))
    if (passage.toDocument(at) === span.start) return at;
  return -1;
}

/**
 * @param sql in which names may stand for what a template puts in
 * @returns the SQL as the document writes it; undefined where that is not certain
 */
export function asWritten(sql: string, passage: Passage, path: string): string | undefined {
  const escaped = isProgram(path) ? inString(sql, passage) : sql;
  return escaped === undefined ? undefined : withPlaceholders(escaped, passage);
}

/** Where a statement of the program does more than send it, only what every string can hold. */
function inString(sql: string, {call}: Passage): string | undefined {
  if (call) return call.write(sql);
  return /['"`\\\r\n{}$%]/.test(sql) ? undefined : sql;
}

function withPlaceholders(
  sql: string,
  {placeholders = [], sql: whole, verbatim}: Passage,
): string | undefined {
  const written = new Map(
    placeholders.map(each => [whole.slice(each.start, each.end).trimEnd().toLowerCase(), each.written]),
  );
  const words = sql.match(/\w+/g) ?? [];
  const masks = [...written.keys()].filter(mask => words.some(word => word.toLowerCase().includes(mask)));
  if (masks.length === 0) return sql;
  // A name with a placeholder in it cannot be told from one that only looks like it.
  const isCertain = words.every(
    word => written.has(word.toLowerCase()) || !masks.some(mask => word.toLowerCase().includes(mask)),
  );
  return verbatim && isCertain
    ? sql.replaceAll(/\w+/g, word => written.get(word.toLowerCase()) ?? word)
    : undefined;
}

/** @returns words about a passage, with its placeholders as the document writes them */
export function inWords(words: string, {placeholders = [], sql}: Passage): string {
  if (placeholders.length === 0) return words;
  const written = new Map(
    placeholders.map(each => [sql.slice(each.start, each.end).trimEnd().toLowerCase(), each.written]),
  );
  return words.replaceAll(/\w+/g, word => written.get(word.toLowerCase()) ?? word);
}

/** @returns whether the document has these characters of the passage as they are, or placeholders for them */
export function isInDocument(text: string, passage: Passage, {start, end}: Span): boolean {
  if (passage.verbatim) return true;
  const first = passage.toDocument(start);
  if (start === end) return start > 0 && passage.toDocument(start - 1) + 1 === first;
  return text.slice(first, passage.toDocument(end - 1) + 1) === passage.sql.slice(start, end);
}
