import {field, list, relationOf, type QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import {enumerated} from '../../words.ts';
import type {SchemaModel} from '../model/schema.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {foreignKeysTo, keyWords} from './support/dependents.ts';
import {fullName, isSameName, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'truncate',
  severity: 'warning',
  title: 'TRUNCATE empties a table',
  about: `\`TRUNCATE\` takes an \`ACCESS EXCLUSIVE\` lock: it waits for everybody who reads the table, and everybody waits for
it until the transaction ends. All rows are gone, row triggers and \`ON DELETE\` actions do not run, and a transaction that
has begun before and looks afterwards sees an empty table.

A foreign key of another table makes it fail with 0A000, whether there are rows or not; \`CASCADE\` empties that table as
well, and those that point at it.

\`DELETE\` in batches lets others read and write.`,
  direction: 'up',
  kinds: ['TruncateStmt'],
  check: situation => {
    const tables = namedTables(situation);
    return tables.flatMap(table => drafts(situation, table, tables));
  },
};

interface Named {
  readonly name: QualifiedName;
  readonly at: Span;
}

function namedTables({statement}: Situation): readonly Named[] {
  return list(statement.node['relations']).flatMap(each => {
    const range = field(each, 'RangeVar');
    const name = relationOf(range);
    return name ? [{name, at: statement.nameAt(range['location'])}] : [];
  });
}

function drafts(situation: Situation, {name, at}: Named, all: readonly Named[]): readonly Draft[] {
  const {statement, before} = situation;
  const names = all.map(each => each.name);
  const isCascade = statement.node['behavior'] === 'DROP_CASCADE';
  const keys = foreignKeysTo(before, name).filter(
    ({of}) => !names.some(each => isSameName(before, each, fullName(of))),
  );
  if (keys.length > 0 && !isCascade)
    return [
      failing(
        name,
        at,
        keys.map(key => keyWords(key)),
      ),
    ];
  const along = isCascade ? emptiedWith(before, name, names) : [];
  if (isEmpty(situation, name) && along.every(each => isEmpty(situation, each))) return [];
  return [emptying(name, at, along)];
}

/** A small table has rows to lose as well. */
function isEmpty(situation: Situation, name: QualifiedName): boolean {
  const {before, target} = situation;
  return (
    situation.isNew(name) || before.relation(name)?.temporary === true || target?.facts(name)?.rows === 0
  );
}

/** Tables that point at it, and those that point at them. */
function emptiedWith(
  model: SchemaModel,
  name: QualifiedName,
  known: readonly QualifiedName[],
): readonly QualifiedName[] {
  const found: QualifiedName[] = [];
  const pending = [name];
  for (let table = pending.pop(); table; table = pending.pop())
    for (const {of} of foreignKeysTo(model, table)) {
      const other = fullName(of);
      if ([...known, ...found].some(each => isSameName(model, each, other))) continue;
      found.push(other);
      pending.push(other);
    }
  return found;
}

function failing(name: QualifiedName, at: Span, keys: readonly string[]): Draft {
  return {
    at,
    severity: 'error',
    what: `Fails: ${enumerated(keys)} ${keys.length > 1 ? 'point' : 'points'} at ${short(name)}`,
    why: 'PostgreSQL does not truncate a table that a foreign key of another table references, whether there are rows or not (SQLSTATE 0A000).',
    fix: 'Name that table in the same TRUNCATE if it is to be emptied too; else use DELETE.',
  };
}

function emptying(name: QualifiedName, at: Span, along: readonly QualifiedName[]): Draft {
  const others = along.map(each => short(each));
  return {
    at,
    what: `Deletes all rows of ${enumerated([short(name), ...others])}`,
    why: `TRUNCATE takes an ACCESS EXCLUSIVE lock, for which all readers and writers wait until the transaction ends.${others.length > 0 ? ` CASCADE empties ${enumerated(others)} as well, by ${others.length > 1 ? 'their foreign keys' : 'its foreign key'}.` : ''}`,
    fix: 'If the rows are to go, do it when nobody uses the table; else DELETE those that are meant, in batches.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name, ...along]},
  };
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';
const items = `${orders}; CREATE TABLE items (id int PRIMARY KEY, o int REFERENCES orders)`;

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a table', history: orders, sql: 'TRUNCATE TABLE «orders»;'},
    {
      name: 'even a small one',
      history: orders,
      rows: {orders: 10},
      sql: 'truncate «orders» restart identity;',
    },
    {name: 'two that point at each other', history: items, sql: 'TRUNCATE «items», ONLY «public.orders»;'},
    {name: 'others with it', history: items, sql: 'TRUNCATE «orders» CASCADE;'},
    {name: 'a foreign key points at it', history: items, sql: 'TRUNCATE «orders»;'},
  ],
  silent: [
    {name: 'a new table', sql: 'CREATE TABLE t (id int); TRUNCATE t;'},
    {name: 'a temporary table', sql: 'CREATE TEMP TABLE t (id int); TRUNCATE t;'},
    {name: 'one that is empty', history: orders, rows: {orders: 0}, sql: 'TRUNCATE orders;'},
    {name: 'DELETE', history: orders, sql: 'DELETE FROM orders WHERE id = 1;'},
  ],
  claims: [
    {sql: 'TRUNCATE items', does: 'AE items, AE items_pkey'},
    {sql: 'TRUNCATE orders', does: {fails: '0A000'}},
    {
      sql: 'TRUNCATE orders, items',
      does: 'AE items, AE items_pkey, AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey',
    },
    {
      sql: 'TRUNCATE orders CASCADE',
      does: 'AE items, AE items_pkey, AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey',
    },
  ],
});
