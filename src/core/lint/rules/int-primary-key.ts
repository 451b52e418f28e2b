import {field, list} from '../../sql/objects.ts';
import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {
  declaredColumns,
  isForeignKey,
  isPrimaryKey,
  type DeclaredColumn,
} from './support/declared-columns.ts';
import {written} from './support/relation-names.ts';

/** What holds more, as it is written. */
const larger: Readonly<Record<string, string>> = {
  int2: 'bigint',
  int4: 'bigint',
  smallserial: 'bigserial',
  serial2: 'bigserial',
  serial: 'bigserial',
  serial4: 'bigserial',
};

export const rule: StatementRule = {
  id: 'int-primary-key',
  severity: 'information',
  title: 'A primary key of a new table can run out of numbers',
  about: `An \`integer\` key ends at 2,147,483,647, a \`smallint\` key at 32,767. Numbers are used up by inserts that fail or are
rolled back as well, so a table need not have that many rows. From that moment every INSERT fails.

To change the type later rewrites the table under ACCESS EXCLUSIVE, together with every column that refers to it. In a new
table \`bigint\` costs four bytes a row, often none because of alignment.

Keys that refer to another table have that one's type, and are not looked at.`,
  direction: 'up',
  kinds: ['CreateStmt'],
  check: ({statement}) =>
    declaredColumns(statement)
      .filter(
        column =>
          column.type in larger && isPrimaryKey(statement, column) && !isForeignKey(statement, column),
      )
      .map(column => draft(statement, column)),
};

function draft(statement: LintStatement, {type, at, table, node}: DeclaredColumn): Draft {
  const to = larger[type] ?? 'bigint';
  const isSmall = to !== undefined && /2|small/.test(type);
  const last = isSmall ? '32,767' : '2,147,483,647';
  return {
    at,
    what: `The primary key of ${written(table)} ends at ${last}`,
    why: `Then every INSERT fails, and a larger type means to rewrite the table and all that refer to it. Failed inserts use up numbers as well.`,
    fix: `Declare it as ${to}.`,
    // Numbers that nobody counts up may be codes of a short list.
    ...(isCounted(statement, type, node) ? {} : {severity: 'hint'}),
    remedies: [
      {
        kind: 'edit',
        title: `Declare it as ${to}`,
        preferred: true,
        edits: [{...at, text: keep(statement, at, to)}],
      },
    ],
  };
}

function isCounted(statement: LintStatement, type: string, node: DeclaredColumn['node']): boolean {
  const constraints = list(node['constraints']).map(each => field(each, 'Constraint')['contype']);
  return (
    type.includes('serial') ||
    constraints.includes('CONSTR_IDENTITY') ||
    statement.find('nextval') !== undefined
  );
}

function keep({sql}: LintStatement, {start, end}: Draft['at'], to: string): string {
  const type = sql.slice(start, end);
  return type === type.toUpperCase() ? to.toUpperCase() : to;
}

export const proof: RuleProof = {
  fires: [
    {
      name: 'counted by the table',
      sql: 'CREATE TABLE orders (id «int» GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);',
      fixed: 'CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);',
    },
    {
      name: 'a serial with a constraint of the table',
      sql: 'create table orders (id «serial» not null, constraint orders_pk primary key (id));',
      fixed: 'create table orders (id bigserial not null, constraint orders_pk primary key (id));',
    },
    {
      name: 'in capitals',
      sql: 'CREATE TABLE orders (id «INTEGER» PRIMARY KEY);',
      fixed: 'CREATE TABLE orders (id BIGINT PRIMARY KEY);',
    },
    {name: 'even less', sql: 'CREATE TABLE orders (id «smallserial» PRIMARY KEY);'},
  ],
  silent: [
    {name: 'bigint', sql: 'CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);'},
    {name: 'uuid', sql: 'CREATE TABLE orders (id uuid PRIMARY KEY);'},
    {name: 'a part of the key', sql: 'CREATE TABLE parts (id int, part int, PRIMARY KEY (id, part));'},
    {
      name: 'the type of another key',
      sql: 'CREATE TABLE notes (order_id int PRIMARY KEY REFERENCES orders);',
    },
    {
      name: 'the type of another key, told by the table',
      sql: 'CREATE TABLE notes (order_id int PRIMARY KEY, FOREIGN KEY (order_id) REFERENCES orders);',
    },
    {name: 'no key', sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, amount int);'},
    {name: 'a temporary table', sql: 'CREATE TEMP TABLE t (id serial PRIMARY KEY);'},
    {name: 'a rollback', direction: 'down', sql: 'CREATE TABLE orders (id serial PRIMARY KEY);'},
  ],
  claims: [
    {
      setup:
        'CREATE TABLE k (id int GENERATED ALWAYS AS IDENTITY (START 2147483647) PRIMARY KEY); INSERT INTO k DEFAULT VALUES',
      sql: 'INSERT INTO k DEFAULT VALUES',
      does: {fails: '2200H'},
    },
    {
      setup: 'CREATE TABLE k (id int PRIMARY KEY)',
      sql: 'ALTER TABLE k ALTER COLUMN id TYPE bigint',
      does: 'AE k, AE k_pkey; rewrites k; scans k',
    },
  ],
};
