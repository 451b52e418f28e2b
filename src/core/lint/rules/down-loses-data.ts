import {relationOf, text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Made, SchemaModel} from '../model/schema.ts';
import type {FileDraft, FileRule, RuleProof, Situation} from '../rule.ts';
import {dataChanges} from './support/data-change.ts';
import {droppedObjects, short} from './support/relation-names.ts';
import {headAt} from './support/statement-places.ts';

export const rule: FileRule = {
  id: 'down-loses-data',
  severity: 'information',
  title: 'A rollback loses rows or values that were there before up, or that up has moved',
  about: `That a rollback drops what up has made is what it is for; only what was written since is lost then. This is about
more: a table or a column that was there before up (a warning), all rows of such a table, and values that up has moved into
something new while it dropped where they came from. In an incident nobody reads a down file before it runs.`,
  direction: 'down',
  checkFile: (file, situations) => {
    const {counterpart} = file;
    const before = counterpart?.before;
    if (!before || counterpart.statements.length === 0) return [];
    const isMoved = counterpart.statements.some(({kind}) => moves.has(kind));
    return situations.flatMap((situation, index) => [
      ...dropsTables(situation, before, counterpart.path),
      ...dropsColumns(situation, before, counterpart.path),
      ...empties(situation, before, counterpart.path),
      ...(isMoved && !situations.slice(0, index).some(({statement: {kind}}) => moves.has(kind))
        ? movedColumns(situation, situations[0]?.before, before, counterpart.path)
        : []),
    ]);
  },
};

const moves = new Set(['UpdateStmt', 'InsertStmt', 'MergeStmt', 'CreateTableAsStmt', 'DoStmt', 'CallStmt']);

/** Earlier migrations made it, perhaps under another name; or nobody knows who, and it was there before up. */
function isOld(made: Made | undefined, wasThere: boolean, up: string): boolean {
  return made ? made.path !== up : wasThere;
}

function dropsTables(
  {statement, before: now, index}: Situation,
  before: SchemaModel,
  up: string,
): readonly FileDraft[] {
  if (statement.kind !== 'DropStmt' || statement.node['removeType'] !== 'OBJECT_TABLE') return [];
  return droppedObjects(statement)
    .filter(
      ({name}) =>
        now.relation(name) !== undefined &&
        isOld(now.relation(name)?.made, before.relation(name) !== undefined, up),
    )
    .map(({name, at}) => lost(index, at, `table ${short(name)} with its rows`));
}

function dropsColumns(
  {statement, before: now, index}: Situation,
  before: SchemaModel,
  up: string,
): readonly FileDraft[] {
  const table = relationOf(statement.node['relation']);
  if (!table) return [];
  const [then, old] = [now.relation(table), before.relation(table)];
  return statement.actions
    .filter(({subtype, node}) => {
      const name = text(node['name']) ?? '';
      const column = then?.columns.get(name);
      return (
        subtype === 'AT_DropColumn' &&
        column !== undefined &&
        isOld(column.made, old?.columns.has(name) === true, up)
      );
    })
    .map(action => lost(index, action, `column ${columnWords(table, action.node['name'])} with its values`));
}

function columnWords(table: QualifiedName, name: unknown): string {
  return `${written(table)}.${quoteWhereNeeded(text(name) ?? '')}`;
}

function lost(
  index: number,
  {start, end}: {readonly start: number; readonly end: number},
  words: string,
): FileDraft {
  return {
    statement: index,
    at: {start, end},
    severity: 'warning',
    what: `Drops ${words}, which up has not made`,
    why: 'It was there before the migration: a rollback loses what is in it, and the version before misses it.',
    fix: 'Leave it out, if it is not meant.',
    remedies: [],
  };
}

/** TRUNCATE, and DELETE of everything. */
function empties(situation: Situation, before: SchemaModel, up: string): readonly FileDraft[] {
  const {statement, before: now, index} = situation;
  const deleted = dataChanges(situation)
    .filter(({command, reach}) => command === 'DELETE' && reach === 'every')
    .map(({name}) => name);
  return deleted
    .filter(name => isOld(now.relation(name)?.made, before.relation(name) !== undefined, up))
    .map(name => ({
      statement: index,
      at: headAt(statement, undefined),
      what: `Deletes every row of ${short(name)}, also those that were there before up`,
      why: 'The table is older than the migration, and a rollback empties it.',
      fix: 'Delete only what up has inserted.',
      remedies: [],
    }));
}

/** A column that up has filled while it dropped another one of that table. */
function movedColumns(
  {statement, index}: Situation,
  between: SchemaModel | undefined,
  before: SchemaModel,
  up: string,
): readonly FileDraft[] {
  const table = relationOf(statement.node['relation']);
  const [then, old] = [table && between?.relation(table), table && before.relation(table)];
  if (!table || !then || !old) return [];
  const dropped = [...old.columns.keys()].filter(name => !then.columns.has(name));
  if (dropped.length === 0) return [];
  return statement.actions
    .filter(
      ({subtype, node}) =>
        subtype === 'AT_DropColumn' && then.columns.get(text(node['name']) ?? '')?.made?.path === up,
    )
    .map(action => ({
      statement: index,
      at: {start: action.start, end: action.end},
      what: `Drops ${columnWords(table, action.node['name'])}, into which up may have moved values of ${columnWords(table, dropped[0])}`,
      why: 'Up writes rows and drops the old column, and down copies nothing back before it drops the new one.',
      fix: 'Copy the values back first.',
      remedies: [],
    }));
}

const orders =
  'CREATE TABLE orders (id bigint PRIMARY KEY, first text, last text); CREATE TABLE items (id int)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table that was there before',
      direction: 'down',
      history: orders,
      counterpart: 'CREATE TABLE a (id int);',
      sql: 'DROP TABLE a;\nDROP TABLE «items»;',
    },
    {
      name: 'a column that was there before',
      direction: 'down',
      history: orders,
      counterpart: 'ALTER TABLE orders ADD COLUMN a int;',
      sql: 'ALTER TABLE orders DROP COLUMN a, «DROP COLUMN last»;',
    },
    {
      name: 'a table that up has renamed',
      direction: 'down',
      history: orders,
      counterpart: 'ALTER TABLE items RENAME TO lines;',
      sql: 'DROP TABLE «lines»;',
    },
    {
      name: 'every row',
      direction: 'down',
      history: orders,
      counterpart: 'INSERT INTO items VALUES (1);',
      sql: '«DELETE» FROM items;',
    },
    {
      name: 'moved values',
      direction: 'down',
      history: orders,
      counterpart:
        "ALTER TABLE orders ADD COLUMN name text;\nUPDATE orders SET name = first || ' ' || last;\nALTER TABLE orders DROP COLUMN first, DROP COLUMN last;",
      sql: 'ALTER TABLE orders ADD COLUMN first text, ADD COLUMN last text;\nALTER TABLE orders «DROP COLUMN name»;',
    },
  ],
  silent: [
    {
      name: 'what up has made',
      direction: 'down',
      history: orders,
      counterpart: 'CREATE TABLE a (id int);\nALTER TABLE orders ADD COLUMN b int;',
      sql: 'ALTER TABLE orders DROP COLUMN b;\nDROP TABLE a;',
    },
    {
      name: 'copied back first',
      direction: 'down',
      history: orders,
      counterpart:
        'ALTER TABLE orders ADD COLUMN name text;\nUPDATE orders SET name = first;\nALTER TABLE orders DROP COLUMN first;',
      sql: 'ALTER TABLE orders ADD COLUMN first text;\nUPDATE orders SET first = name;\nALTER TABLE orders DROP COLUMN name;',
    },
    {
      name: 'the rows of up',
      direction: 'down',
      history: orders,
      counterpart: 'INSERT INTO items VALUES (1);',
      sql: 'DELETE FROM items WHERE id = 1;',
    },
    {name: 'without its up', direction: 'down', history: orders, sql: 'DROP TABLE items;'},
  ],
  claims: [],
});
