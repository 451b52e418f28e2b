import type {NamedSource, Sources} from '../roles.ts';
import {expression, listed} from './expression.ts';
import {clauses, columnNames, queryBegins, sets, sourceNamed} from './common.ts';
import {qualifiedBy, type Reader} from './reader.ts';

const joins = ['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'NATURAL', 'OUTER'] as const;
const ends = new Set<string>([...clauses, ...sets, 'SET', 'WHEN']);
const conditionEnds = new Set<string>([...ends, ...joins]);

/** Steps over what stands behind FROM or USING; conditions of joins see all that is named before them. */
export function fromItems(reader: Reader, scope: Sources, limit: number): readonly NamedSource[] {
  const found: NamedSource[] = [];
  const seen = (): Sources => ({...scope, sources: [...scope.sources, ...found]});
  while (
    reader.at < limit &&
    !reader.isAtEnd &&
    !ends.has(reader.word) &&
    reader.word !== ';' &&
    reader.word !== ')'
  ) {
    const before = reader.at;
    if (joins.some(join => reader.take(join)) || reader.take(',')) continue;
    if (reader.take('ON')) expression(reader, seen(), conditionEnds, limit);
    else if (reader.take('USING')) reader.columns(seen());
    else found.push(...item(reader, seen()));
    if (reader.at === before) reader.at += 1;
  }
  return found;
}

function item(reader: Reader, scope: Sources): readonly NamedSource[] {
  reader.skip('LATERAL', 'ONLY');
  if (reader.word === '(') return inParentheses(reader, scope);
  const chain = reader.chain();
  if (!chain) return [];
  if (reader.word === '(') {
    reader.note(chain, {kind: 'function'});
    reader.at += 1;
    listed(reader, scope, ')');
    const given = aliasOf(reader);
    return given.alias === undefined
      ? []
      : [{alias: given.alias, of: {items: given.columns.map(name => ({name}))}}];
  }
  const name = qualifiedBy(chain);
  const of = sourceNamed(name, scope);
  if (!('items' in of)) reader.note(chain, {kind: 'relation'});
  reader.skip('*');
  const {alias = name.name, columns} = aliasOf(reader);
  return [{alias, of: columns.length > 0 ? {items: columns.map(each => ({name: each}))} : of}];
}

function inParentheses(reader: Reader, scope: Sources): readonly NamedSource[] {
  const end = reader.closing();
  const isQuery = queryBegins(reader);
  reader.at += 1;
  const given = isQuery ? reader.query(reader, scope, end - 1) : undefined;
  const joined = isQuery ? [] : fromItems(reader, scope, end - 1);
  reader.at = end;
  const {alias, columns} = aliasOf(reader);
  if (!given) return joined;
  const of = columns.length > 0 ? {items: columns.map(name => ({name}))} : given;
  return [{...(alias === undefined ? {} : {alias}), of}];
}

function aliasOf(reader: Reader): {readonly alias?: string; readonly columns: readonly string[]} {
  const isAlias =
    reader.take('AS') ||
    (reader.isName && !conditionEnds.has(reader.word) && !/^(?:ON|USING|TABLESAMPLE)$/.test(reader.word));
  const alias = isAlias ? reader.chain()?.parts[0]?.name : undefined;
  if (alias === undefined) return {columns: []};
  return {alias, columns: columnNames(reader)};
}
