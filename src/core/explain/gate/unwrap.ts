import type {Statement} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import {isNode} from '../syntax-tree.ts';
import {spanOf, withoutEnding, wordsAfter, wordsOf, type Word} from './words-of.ts';

/** A statement that EXPLAIN may take, and what was left away around it. */
export interface Unwrapped {
  readonly statement: Statement;
  readonly notes: readonly string[];
}

interface Wrapper {
  /** The words of the statement inside. */
  readonly inside: (words: readonly Word[], statement: Statement) => readonly Word[];
  readonly note: string;
}

/** Statements around a query. The parser does not say where the inner one begins, so its words do. */
const wrappers: Readonly<Record<string, Wrapper>> = {
  ExplainStmt: {
    inside: afterOptions,
    note: 'The statement inside EXPLAIN is explained, with the options that Howdah chooses.',
  },
  DeclareCursorStmt: {
    inside: words => wordsAfter(words, 'for'),
    note: 'The query of the cursor is explained as a query for all of its rows: a cursor is planned for the first tenth of them (cursor_tuple_fraction).',
  },
  CopyStmt: {
    inside: insideParentheses,
    note: 'The query inside COPY is explained; nothing is copied.',
  },
  ViewStmt: {
    inside: insideView,
    note: 'The query of the view is explained; the view is not created.',
  },
  PrepareStmt: {
    inside: words => wordsAfter(words, 'as'),
    note: 'The statement inside PREPARE is explained; types that PREPARE declares for its parameters do not count.',
  },
};

/** @returns the innermost statement that can stand alone; `statement` itself where nothing is around it */
export function unwrap(statement: Statement, sql: string): Unwrapped {
  const wrapper = wrappers[statement.kind];
  const inner = wrapper && innerOf(statement, sql, wrapper);
  if (!inner) return {statement, notes: []};
  const more = unwrap(inner, sql);
  return {statement: more.statement, notes: [wrapper.note, ...more.notes]};
}

function innerOf(statement: Statement, sql: string, {inside}: Wrapper): Statement | undefined {
  const {query} = statement.node;
  const [kind, node] = Object.entries(isNode(query) ? query : {})[0] ?? [];
  const span = spanOf(inside(wordsOf(sql, statement), statement));
  return kind !== undefined && isNode(node) && span ? {kind, node, ...span} : undefined;
}

/** `EXPLAIN (options) …` and `EXPLAIN ANALYZE VERBOSE …`; `EXPLAIN (SELECT 1)` has no options. */
function afterOptions([, ...words]: readonly Word[], {node}: Statement): readonly Word[] {
  if (!Array.isArray(node['options'])) return words;
  if (words[0]?.text !== '(') return words.slice(node['options'].length);
  return words.slice(closing(words) + 1);
}

function insideParentheses([, ...words]: readonly Word[]): readonly Word[] {
  return words[0]?.text === '(' ? words.slice(1, closing(words)) : [];
}

/** Index of the parenthesis that closes the first one. */
function closing(words: readonly Word[]): number {
  return words.findIndex(({text, depth}) => text === ')' && depth === 0);
}

/** The parser rewrites the query of a recursive view, so the text has none that could stand alone. */
function insideView(words: readonly Word[]): readonly Word[] {
  const recursive = words
    .slice(
      0,
      words.findIndex(({text}) => text === 'view'),
    )
    .some(isRecursive);
  const query = recursive ? [] : wordsAfter(words, 'as');
  return withoutEnding(query, ['with', 'cascaded|local?', 'check', 'option']);
}

function isRecursive({text}: Word): boolean {
  return text === 'recursive';
}

/**
 * PREPARE takes no CREATE TABLE AS, so its parameters are looked for in the query.
 * @param sql one statement
 * @returns the query of a CREATE TABLE AS or CREATE MATERIALIZED VIEW, and where it stands; all of `sql` for others
 */
export function queryOfCreate(sql: string): Span {
  const whole = {start: 0, end: sql.length};
  const words = wordsOf(sql, whole);
  if (words[0]?.text !== 'create') return whole;
  return spanOf(withoutEnding(wordsAfter(words, 'as'), ['with', 'no?', 'data'])) ?? whole;
}
