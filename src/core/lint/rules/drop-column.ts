import {text} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import type {Column} from '../model/schema.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {alteredAtAll, type Altered} from './support/altered.ts';
import {foreignKeysTo, keyWords, userWords} from './support/dependents.ts';
import {isMadeHere} from './support/made-here.ts';
import {short} from './support/relation-names.ts';
import {mentions, uses} from './support/touched-by-type.ts';

export const rule: StatementRule = {
  id: 'drop-column',
  severity: 'warning',
  title: 'A column is dropped with its values',
  about: `The values are gone when the migration commits, and clients that still name the column fail with 42703: also
those that list all columns of a model in each SELECT. The lock is \`ACCESS EXCLUSIVE\`, for a moment: the values stay in
the rows until these are written anew, and no row is read.

Without a word the column takes along every index with the column in it (as a key, in INCLUDE, in an expression or in
WHERE) and every constraint with it, also a UNIQUE, CHECK or foreign key of several columns. What lies outside of the
table makes the statement fail with 2BP01: a view, a foreign key of another table, a policy, a trigger that names the
column, and from PostgreSQL 15 on a generated column (PostgreSQL 14 drops it).

Drop a column in two releases: the first one does not use it any more, and makes it nullable where it is NOT NULL without
a default; the second one drops it.`,
  direction: 'up',
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = alteredAtAll(situation, ['AT_DropColumn']);
    if (!found || situation.isNew(found.table) || found.relation?.temporary === true) return [];
    return found.actions.flatMap(action => drafts(situation, found, action));
  },
};

function drafts(situation: Situation, found: Altered, action: Altered['actions'][number]): readonly Draft[] {
  const {relation} = found;
  const name = text(action.node['name']) ?? '';
  const column = relation?.columns.get(name);
  const isTolerant = action.node['missing_ok'] === true;
  if (isMadeHere(column?.made, situation)) return [];
  if (isTolerant && relation?.complete === true && !column) return [];
  const drop = {at: {start: action.start, end: action.end}, name, found};
  if (relation?.partitionBy?.keys.includes(name) === true) return [ofPartitionKey(drop)];
  const outside = isCascade(action) ? [] : outsiders(situation, drop);
  return [outside.length > 0 ? failing(drop, outside) : losing(drop)];
}

interface Drop {
  readonly at: Draft['at'];
  readonly name: string;
  readonly found: Altered;
}

function isCascade({node}: Altered['actions'][number]): boolean {
  return node['behavior'] === 'DROP_CASCADE';
}

function ofPartitionKey({at, name, found}: Drop): Draft {
  return {
    at,
    severity: 'error',
    what: `Fails: ${quoteWhereNeeded(name)} is part of the partition key of ${short(found.table)}`,
    why: 'PostgreSQL does not drop a column of a partition key (SQLSTATE 42P16).',
    fix: 'Make another table that is partitioned by something else, and copy the rows into it.',
  };
}

/** What depends on the column and is not dropped with it; generated columns from PostgreSQL 15 on. */
function outsiders({before, major}: Situation, {name, found}: Drop): readonly string[] {
  const keys = foreignKeysTo(before, found.table).filter(({constraint}) =>
    referenced(constraint.references?.columns ?? [], found).includes(name),
  );
  const generated = [...(found.relation?.columns.values() ?? [])].filter(
    column => column.generated && mentions(column.expression, name),
  );
  return [
    ...before.usersOf(found.table, name).map(user => userWords(user)),
    ...keys.map(key => keyWords(key)),
    ...(major < 15 ? [] : generated.map(column => `generated column ${quoteWhereNeeded(column.name)}`)),
  ];
}

/** A foreign key without columns means the primary key. */
function referenced(columns: readonly string[], {relation}: Altered): readonly string[] {
  if (columns.length > 0) return columns;
  const key = [...(relation?.constraints.values() ?? [])].find(({kind}) => kind === 'primary key');
  return key?.columns ?? [];
}

function failing({at, name, found}: Drop, outside: readonly string[]): Draft {
  return {
    at,
    severity: 'error',
    what: `Fails: ${enumerated(outside)} ${outside.length > 1 ? 'depend' : 'depends'} on ${quoteWhereNeeded(name)} of ${short(found.table)}`,
    why: 'Without CASCADE PostgreSQL drops nothing that another object depends on (SQLSTATE 2BP01).',
    fix: 'Drop what depends on it first, each by its name.',
  };
}

function losing({at, name, found}: Drop): Draft {
  const {table, relation} = found;
  const column = relation?.columns.get(name);
  const along = vanishing(found, name);
  const isComputed = column?.generated !== undefined;
  return {
    at,
    what: `Drops ${quoteWhereNeeded(name)} of ${short(table)}${isComputed ? '' : ' with its values'}${along.length > 0 ? `, and ${enumerated(along)}` : ''}`,
    why: `${isComputed ? 'Clients' : 'The values are gone when it commits, and clients'} that still name the column fail (SQLSTATE 42703).${along.length > 0 ? ' What contains the column goes with it, without a word.' : ''}`,
    fix: 'Drop it when no client uses it any more, in a release of its own.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
    ...(isComputed && along.length === 0 ? {severity: 'information' as const} : {}),
    facts: mustBeNullable(column)
      ? [
          `${quoteWhereNeeded(name)} is NOT NULL without a default: clients that do not write it any more need it nullable before it goes.`,
        ]
      : [],
  };
}

function mustBeNullable(column: Column | undefined): boolean {
  return column?.notNull === true && column.default === undefined && !column.identity && !column.generated;
}

/** Indexes and constraints of the table that have the column in them, but not by itself alone as NOT NULL. */
function vanishing({relation}: Altered, name: string): readonly string[] {
  const constraints = [...(relation?.constraints.values() ?? [])].filter(
    ({kind, columns}) => kind !== 'not null' && columns.includes(name),
  );
  const indexes = [...(relation?.indexes.values() ?? [])].filter(
    index => index.constraint === undefined && uses(index, name),
  );
  return [
    ...constraints.map(({kind, name: own}) => `${kind} ${quoteWhereNeeded(own)}`),
    ...indexes.map(index => `index ${quoteWhereNeeded(index.name)}`),
  ];
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY, note text, code text, n int)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a column', history: orders, sql: 'ALTER TABLE orders ADD x int, «DROP COLUMN note», ADD y int;'},
    {name: 'of a table that nobody knows', sql: 'alter table shop.orders «drop if exists "Note" cascade»;'},
    {
      name: 'indexes and constraints go with it',
      history: `${orders}; CREATE INDEX i ON orders (n) WHERE note IS NULL; ALTER TABLE orders ADD UNIQUE (code, note)`,
      sql: 'ALTER TABLE orders «DROP note»;',
    },
    {
      name: 'a foreign key points at it',
      history: `${orders}; CREATE TABLE items (o int REFERENCES orders)`,
      sql: 'ALTER TABLE orders «DROP COLUMN id»;',
    },
    {
      name: 'a view reads it',
      history: `${orders}; CREATE VIEW v AS SELECT o.note FROM orders AS o`,
      sql: 'ALTER TABLE orders «DROP COLUMN note», DROP COLUMN IF EXISTS nope;',
    },
    {
      name: 'a generated column is computed from it',
      history: 'CREATE TABLE orders (n int, twice int GENERATED ALWAYS AS (n * 2) STORED)',
      major: 15,
      sql: 'ALTER TABLE orders «DROP COLUMN n»;',
    },
    {
      name: 'the partition key',
      history: 'CREATE TABLE events (at date) PARTITION BY RANGE (at)',
      sql: 'ALTER TABLE events «DROP COLUMN at»;',
    },
  ],
  silent: [
    {name: 'of a new table', sql: 'CREATE TABLE t (a int, b int); ALTER TABLE t DROP b;'},
    {
      name: 'a column of this file',
      history: orders,
      sql: 'ALTER TABLE orders ADD old_id int; ALTER TABLE orders DROP old_id;',
    },
    {
      name: 'a view of other columns, of the same file',
      sql: `${orders}; CREATE VIEW v AS SELECT id FROM orders; ALTER TABLE orders DROP note;`,
    },
    {name: 'in case it is there', history: orders, sql: 'ALTER TABLE orders DROP COLUMN IF EXISTS gone;'},
    {name: 'a default', history: orders, sql: 'ALTER TABLE orders ALTER note DROP DEFAULT;'},
    {name: 'back again', history: orders, direction: 'down', sql: 'ALTER TABLE orders DROP COLUMN note;'},
  ],
  claims: [
    {sql: 'ALTER TABLE orders DROP COLUMN big', does: 'AE orders'},
    {sql: 'ALTER TABLE orders DROP COLUMN code', does: 'AE orders, AE orders_code_idx'},
    {sql: 'ALTER TABLE orders DROP COLUMN customer_id', does: 'AE customers, AE orders'},
    {sql: 'ALTER TABLE orders DROP COLUMN note', does: {fails: '2BP01'}},
    {sql: 'ALTER TABLE orders DROP COLUMN id', does: {fails: '2BP01'}},
    {sql: 'ALTER TABLE events DROP COLUMN at', does: {fails: '42P16'}},
    {
      setup: 'CREATE INDEX p ON orders (id) WHERE big IS NULL',
      sql: 'ALTER TABLE orders DROP COLUMN big',
      does: 'AE orders, AE p',
    },
    {
      setup: 'CREATE INDEX p ON orders (id) INCLUDE (big)',
      sql: 'ALTER TABLE orders DROP COLUMN big',
      does: 'AE orders, AE p',
    },
    {
      setup: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (big > id)',
      sql: 'ALTER TABLE orders DROP COLUMN big; ALTER TABLE orders DROP CONSTRAINT k',
      does: {fails: '42704'},
    },
    {
      setup: 'CREATE TRIGGER t BEFORE UPDATE OF big ON orders FOR EACH ROW EXECUTE FUNCTION touch()',
      sql: 'ALTER TABLE orders DROP COLUMN big',
      does: {fails: '2BP01'},
    },
    {
      setup: 'CREATE POLICY p ON orders USING (big > 0)',
      sql: 'ALTER TABLE orders DROP COLUMN big',
      does: {fails: '2BP01'},
    },
    {
      setup: 'ALTER TABLE orders ADD g int GENERATED ALWAYS AS (big) STORED',
      sql: 'ALTER TABLE orders DROP COLUMN big',
      does: {fails: '2BP01'},
      from: 15,
    },
    {
      setup: 'ALTER TABLE orders ADD g int GENERATED ALWAYS AS (big) STORED',
      sql: 'ALTER TABLE orders DROP COLUMN big',
      does: 'AE orders',
      to: 14,
    },
  ],
});
