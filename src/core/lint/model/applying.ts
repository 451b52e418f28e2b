import {isNode, list, names, text, type QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import type {LintStatement, Word} from '../statement.ts';
import type {Made} from './schema.ts';
import {temporarySchema, type State} from './state.ts';
import {emptyTable, type FullName, type Table} from './table.ts';

/** A statement on its way into a state. */
export interface Applying {
  readonly state: State;
  readonly statement: LintStatement;
  readonly made: ((span: Span) => Made) | undefined;
}

/** @returns where something was made, for spreading into it; nothing where nobody wants to know */
export function madeAt({made}: Applying, span: Span): {readonly made?: Made} {
  return made ? {made: made(span)} : {};
}

/** @returns the name in a `RangeVar`, temporary ones in their schema */
export function rangeName(node: unknown): QualifiedName | undefined {
  if (!isNode(node)) return undefined;
  const name = text(node['relname']);
  const schema = text(node['schemaname']);
  if (name === undefined) return undefined;
  if (node['relpersistence'] === 't') return {schema: temporarySchema, name};
  return schema === undefined ? {name} : {schema: schemaName(schema), name};
}

/** A session's own name of its temporary schema, `pg_temp_3`, means the same. */
function schemaName(schema: string): string {
  return /^pg_temp(_\d+)?$/.test(schema) ? temporarySchema : schema;
}

/** @returns the name in a list of `String` nodes */
export function listedName(value: unknown): QualifiedName | undefined {
  const parts = names(value);
  const name = parts.at(-1);
  const schema = parts.at(-2);
  if (name === undefined) return undefined;
  return schema === undefined ? {name} : {schema: schemaName(schema), name};
}

/** @returns the full name of what is made under a name */
export function newName({state}: Applying, {schema, name}: QualifiedName): FullName {
  return {schema: schema ?? state.home, name};
}

/**
 * @returns the relation of that name. One that a statement changes is there, even if nobody knows who made it: then with
 * nothing but its name
 */
export function changedTable({state}: Applying, name: QualifiedName): Table {
  const known = state.table(name);
  if (known) return known;
  const full = {schema: name.schema ?? state.home, name: name.name};
  const table: Table = {...emptyTable, ...full, complete: false};
  state.put(table);
  return table;
}

/** @returns the words from an offset on */
export function wordsFrom({words}: LintStatement, offset: number): readonly Word[] {
  const first = words.findIndex(({start}) => start >= offset);
  return first < 0 ? [] : words.slice(first);
}

/** @returns what stands between the first parenthesis of these words and the one that closes it, both left out */
export function inParentheses({sql}: LintStatement, words: readonly Word[]): string | undefined {
  let depth = 0;
  let start: number | undefined;
  for (const word of words) {
    if (word.text === '(') {
      depth += 1;
      start ??= word.end;
    }
    if (word.text === ')') depth -= 1;
    if (start !== undefined && depth === 0) return sql.slice(start, word.start).trim();
  }
  return undefined;
}

/**
 * @param stops offsets at which something else begins
 * @returns the text from an offset up to the comma, the closing parenthesis or the stop behind it
 */
export function clauseText(statement: LintStatement, from: number, stops: readonly number[] = []): string {
  const stop = Math.min(...stops.filter(offset => offset > from), statement.whole.end);
  let depth = 0;
  let end = from;
  for (const word of wordsFrom(statement, from)) {
    if (word.start >= stop) break;
    if (depth === 0 && /^[,;)\]]$/.test(word.text)) break;
    if (word.text === '(' || word.text === '[') depth += 1;
    if (word.text === ')' || word.text === ']') depth -= 1;
    ({end} = word);
  }
  return statement.sql.slice(from, end).trim();
}

/** @returns the offsets of the nodes' places */
export function offsetsOf(statement: LintStatement, nodes: unknown): readonly number[] {
  return list(nodes).flatMap(node =>
    Object.values(node).flatMap(inner => {
      const location = isNode(inner) ? inner['location'] : undefined;
      return typeof location === 'number' && location > 0 ? [statement.at(location)] : [];
    }),
  );
}
