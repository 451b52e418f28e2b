import type {GivenColumn, GivenColumns, NamedSource, Sources} from '../roles.ts';
import {
  clauses,
  columnNames,
  inherited,
  outerWith,
  queryBegins,
  sets,
  sourceNamed,
  type Common,
} from './common.ts';
import {expression, listed} from './expression.ts';
import {fromItems} from './from.ts';
import {onlyOf, type Reader} from './reader.ts';

/** What is named so far. */
interface Scope extends Sources {
  readonly sources: NamedSource[];
}

/** Steps over a query or a change of data, up to the token of that index. */
export function query(
  reader: Reader,
  outer?: Sources,
  limit = reader.tokens.length,
  known: Common = new Map(),
): GivenColumns {
  const common = new Map([...known, ...inherited(outer)]);
  if (reader.take('WITH')) withTables(reader, outer, common);
  const given = body(reader, outerWith(outer, common), limit);
  while (reader.at < limit && sets.some(set => reader.word === set)) {
    reader.at += 1;
    reader.skip('ALL', 'DISTINCT');
    body(reader, outerWith(outer, common), limit);
  }
  reader.at = Math.max(reader.at, Math.min(limit, reader.tokens.length));
  return given;
}

function withTables(reader: Reader, outer: Sources | undefined, common: Map<string, GivenColumns>): void {
  reader.skip('RECURSIVE');
  do {
    const name = reader.chain()?.parts.at(-1)?.name ?? '';
    const columns = columnNames(reader);
    reader.take('AS');
    reader.skip('NOT', 'MATERIALIZED');
    if (reader.word !== '(') return;
    const end = reader.closing();
    reader.at += 1;
    if (columns.length > 0) common.set(name, {items: columns.map(each => ({name: each}))});
    const given = query(reader, outerWith(outer, common), end - 1, common);
    if (columns.length === 0) common.set(name, given);
    reader.at = end;
  } while (reader.take(','));
}

function body(reader: Reader, outer: Sources, limit: number): GivenColumns {
  if (reader.word === '(') {
    const end = reader.closing();
    reader.at += 1;
    const given = query(reader, outer, end - 1);
    reader.at = end;
    return given;
  }
  if (reader.take('SELECT')) return select(reader, outer, limit);
  if (reader.take('INSERT INTO')) return insert(reader, outer, limit);
  if (reader.take('UPDATE')) return update(reader, outer, limit);
  if (reader.take('DELETE FROM') || reader.take('MERGE INTO')) return changeUsing(reader, outer, limit);
  if (reader.take('TABLE')) {
    const relation = reader.name({kind: 'relation'});
    return {items: relation ? [{star: onlyOf(relation)}] : []};
  }
  if (reader.take('VALUES')) rest(reader, outer, limit);
  return {items: []};
}

/** FROM says what the names before it mean, so it is read first. */
function select(reader: Reader, outer: Sources, limit: number): GivenColumns {
  const first = reader.at;
  const sources: NamedSource[] = [];
  const scope = {sources, outer};
  const from = fromOf(reader, limit);
  const behind = fromClause(reader, scope, from, limit);
  reader.at = first;
  const items = selectList(reader, scope, from);
  reader.at = Math.max(behind, reader.at);
  rest(reader, scope, limit);
  return {items};
}

/** @returns the index of FROM or, without it, of what ends the list */
function fromOf(reader: Reader, limit: number): number {
  const first = reader.at;
  const ends = ['FROM', ...clauses, ...sets, ';'];
  while (reader.seek(ends, limit) && reader.word === 'FROM' && reader.wordAt(-1) === 'DISTINCT')
    reader.at += 1;
  const found = Math.min(reader.at, limit);
  const isFrom = reader.word === 'FROM' && found < limit;
  reader.at = first;
  return isFrom ? found : limit;
}

/** @returns the index behind FROM, whose names the scope has then */
function fromClause(reader: Reader, scope: Scope, from: number, limit: number): number {
  if (from >= limit) return from;
  reader.at = from + 1;
  scope.sources.push(...fromItems(reader, scope, limit));
  return reader.at;
}

function selectList(reader: Reader, scope: Sources, end: number): readonly GivenColumn[] {
  const items: GivenColumn[] = [];
  if (reader.take('DISTINCT') && reader.take('ON') && reader.take('(')) listed(reader, scope, ')');
  reader.skip('ALL');
  while (reader.at < end) {
    const start = reader.at;
    expression(reader, scope, new Set(['FROM', 'INTO', ...clauses, ...sets]), end);
    items.push(...givenBy(reader, start, reader.at, scope));
    if (reader.take('INTO')) {
      reader.skip('TEMP', 'TEMPORARY', 'UNLOGGED', 'TABLE');
      reader.name({kind: 'relation'}, {isNew: true});
    }
    if (!reader.take(',')) break;
  }
  return items;
}

/** The name of a result is the last name in it. */
function givenBy(reader: Reader, start: number, end: number, scope: Sources): readonly GivenColumn[] {
  const tokens = reader.tokens.slice(start, end);
  const last = tokens.at(-1);
  if (last?.word === '*') {
    const alias = tokens.at(-2)?.word === '.' ? tokens.at(-3)?.name : undefined;
    return [{star: scope, ...(alias === undefined ? {} : {alias})}];
  }
  if (last?.isName !== true) {
    const [call, open] = tokens;
    return call?.isName === true && open?.word === '(' ? [{name: call.name}] : [];
  }
  const isPlain = tokens.every(({isName, word}) => isName || word === '.') && tokens.at(-2)?.isName !== true;
  const parts = tokens.flatMap(({isName, name}) => (isName ? [name] : []));
  return [{name: last.name, ...(isPlain ? {from: {parts, of: scope}} : {})}];
}

/** The clauses behind FROM. */
function rest(reader: Reader, scope: Sources, limit: number): void {
  const ends = new Set<string>(sets);
  while (reader.at < limit && !reader.isAtEnd && !ends.has(reader.word) && reader.word !== ';') {
    const before = reader.at;
    if (reader.take('OF')) reader.chain();
    else expression(reader, scope, ends, limit);
    if (reader.at === before) reader.at += 1;
  }
}

function insert(reader: Reader, outer: Sources, limit: number): GivenColumns {
  const relation = reader.name({kind: 'relation'});
  const alias = reader.take('AS') ? reader.chain()?.parts[0]?.name : undefined;
  const source = {sources: relation ? [{alias: alias ?? relation.name, of: relation}] : [], outer};
  if (reader.word === '(' && !queryBegins(reader)) reader.columns(source);
  reader.skip('OVERRIDING SYSTEM VALUE', 'OVERRIDING USER VALUE', 'DEFAULT VALUES');
  const conflict = conflictOf(reader, limit);
  if (queryBegins(reader) && reader.at < conflict) query(reader, outer, conflict);
  const excluded = {
    ...source,
    sources: [...source.sources, ...(relation ? [{alias: 'excluded', of: relation}] : [])],
  };
  if (reader.take('ON CONFLICT')) {
    reader.columns(source);
    if (reader.take('ON CONSTRAINT') && relation) reader.name({kind: 'constraint', table: relation});
  }
  return returning(reader, excluded, limit);
}

/** @returns the index of the first of these words from here on, in no parentheses */
function endOf(reader: Reader, words: readonly string[], limit: number): number {
  const first = reader.at;
  reader.seek(words, limit);
  const found = Math.min(reader.at, limit);
  reader.at = first;
  return found;
}

/** ON of a join is another one. */
function conflictOf(reader: Reader, limit: number): number {
  const first = reader.at;
  while (reader.seek(['ON', 'RETURNING'], limit) && reader.word === 'ON' && reader.wordAt(1) !== 'CONFLICT')
    reader.at += 1;
  const found = Math.min(reader.at, limit);
  reader.at = first;
  return found;
}

/** What is behind the names of the relations: SET, WHERE and RETURNING. */
function returning(reader: Reader, scope: Sources, limit: number): GivenColumns {
  const at = endOf(reader, ['RETURNING'], limit);
  rest(reader, scope, at);
  reader.at = at;
  return reader.take('RETURNING') ? {items: selectList(reader, scope, limit)} : {items: []};
}

function aliased(reader: Reader, outer: Sources): Scope {
  reader.skip('ONLY');
  const relation = reader.name({kind: 'relation'});
  reader.skip('*');
  const isAlias =
    reader.take('AS') || (reader.isName && !/^(?:SET|USING|WHERE|RETURNING)$/.test(reader.word));
  const alias = isAlias ? reader.chain()?.parts[0]?.name : undefined;
  return {
    sources: relation ? [{alias: alias ?? relation.name, of: sourceNamed(relation, outer)}] : [],
    outer,
  };
}

function update(reader: Reader, outer: Sources, limit: number): GivenColumns {
  const target = aliased(reader, outer);
  const set = reader.at;
  const from = endOf(reader, ['FROM'], limit);
  const scope = {sources: [...target.sources], outer};
  const behind = fromClause(reader, scope, from, limit);
  reader.at = set;
  if (from < limit) {
    rest(reader, scope, from);
    reader.at = behind;
  }
  return returning(reader, scope, limit);
}

/** DELETE and MERGE. */
function changeUsing(reader: Reader, outer: Sources, limit: number): GivenColumns {
  const scope = aliased(reader, outer);
  if (reader.take('USING')) scope.sources.push(...fromItems(reader, scope, limit));
  return returning(reader, scope, limit);
}
