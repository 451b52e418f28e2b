import type {Span} from '../../core/sql/positions.ts';

/** Words that begin what can be explained; others are left alone, so that scripts of DDL stay uncluttered. */
const explainable = new Set([
  'select',
  'with',
  'values',
  'table',
  'insert',
  'update',
  'delete',
  'merge',
  'explain',
]);

/** UTF-16 units, and statements, above which a document is a dump and not something to explain one by one. */
const largestText = 1_000_000;
const mostStatements = 500;
/** UTF-16 units that a parser reads in a few milliseconds. */
const shortText = 20_000;

const tokens =
  /--[^\r\n]*|\/\*|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|[eE]'(?:[^'\\]|''|\\[^])*'?|'[^']*'?|"[^"]*"?|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|[;(\\]/g;

/**
 * Looks for the beginnings of statements by the lexical rules of PostgreSQL and psql, without a parser: placeholders
 * and unfinished statements are no obstacle, and the cost is one pass.
 * Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 * @returns the offset of each statement that EXPLAIN takes; none for a text of more than 1 MB or 500 statements
 */
export function lensPlaces(text: string): readonly number[] {
  if (text.length > largestText) return [];
  const statements = [...statementsOf(text)];
  if (statements.length > mostStatements) return [];
  return statements.flatMap(({word, start}) => (explainable.has(word) ? [start] : []));
}

/**
 * @returns the part of a long text around the cursor: the statement there, and one or two on each side, so that a
 * parser need not read all of it
 */
export function surroundings(text: string, cursor: number): Span {
  if (text.length <= shortText) return {start: 0, end: text.length};
  const starts = [...statementsOf(text)].map(({start}) => start);
  const next = starts.findIndex(start => start > cursor);
  const here = next === -1 ? starts.length : next;
  return {start: starts[here - 2] ?? 0, end: starts[here + 1] ?? text.length};
}

interface Begun {
  readonly start: number;
  /** First word, in small letters; brackets before it are passed over. */
  readonly word: string;
}

function* statementsOf(text: string): Generator<Begun> {
  let begun: {start: number; words: string[]} | undefined;
  let atomic = 0;
  tokens.lastIndex = 0;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const [found, tag] = token;
    if (found.startsWith('--')) continue;
    if (found === '/*') tokens.lastIndex = endOfComment(text, token.index);
    else if (found === '\\' && begun === undefined) tokens.lastIndex = endOfLine(text, token.index);
    else if (found === ';' && atomic === 0) {
      if (copiesFromInput(begun?.words)) tokens.lastIndex = endOfData(text, token.index);
      begun = undefined;
    } else {
      if (found.startsWith('$')) tokens.lastIndex = endOfDollars(text, tokens.lastIndex, tag ?? '');
      begun ??= {start: token.index, words: []};
      if (!/^[A-Za-z_\u0080-\uffff][^']*$/.test(found)) continue;
      begun.words.push(found.toLowerCase());
      atomic = depthAfter(begun.words, atomic);
      if (begun.words.length === 1) yield {start: begun.start, word: begun.words[0] ?? ''};
    }
  }
}

/** The body of a function may be statements between BEGIN ATOMIC and END, in which CASE has an END of its own. */
function depthAfter(words: readonly string[], depth: number): number {
  const word = words.at(-1);
  if (word === 'atomic' && words.at(-2) === 'begin') return depth + 1;
  if (depth > 0 && word === 'case') return depth + 1;
  return depth > 0 && word === 'end' ? depth - 1 : depth;
}

function copiesFromInput(words: readonly string[] = []): boolean {
  const from = words.lastIndexOf('from');
  return words[0] === 'copy' && from !== -1 && words[from + 1] === 'stdin';
}

function endOfData(text: string, at: number): number {
  const end = /^\\\.\r?$/m.exec(text.slice(at));
  return end ? at + end.index + end[0].length : text.length;
}

/** Comments nest. */
function endOfComment(text: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

function endOfDollars(text: string, from: number, tag: string): number {
  const end = text.indexOf(`$${tag}$`, from);
  return end === -1 ? text.length : end + tag.length + 2;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
