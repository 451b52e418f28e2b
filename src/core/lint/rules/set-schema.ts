import {text, written, type QualifiedName} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {isJoinedByNext, madeLater} from './support/made-later.ts';
import {relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'set-schema',
  severity: 'warning',
  title: 'A table or view that clients use moves to another schema',
  about: `From the moment the migration commits, the table is not found under its old name: not with the old schema, and
without a schema only where the new one is in \`search_path\`. Indexes, constraints and the sequences of the table's
columns move with it; functions, whose bodies are text, do not follow.

In one transaction with the move, a view in the old schema keeps old clients working.

The lock is \`ACCESS EXCLUSIVE\`, for a moment.`,
  direction: 'up',
  kinds: ['AlterObjectSchemaStmt'],
  check: situation => {
    const {statement, before} = situation;
    const name = relationNamed(statement);
    const isRelation = moved.has(text(statement.node['objectType']) ?? '');
    if (!name || !isRelation || situation.isNew(name) || before.relation(name)?.temporary === true) return [];
    const old = {schema: before.schemaOf(name), name: name.name};
    return madeLater(situation, old) ? [] : [draft(situation, name, old)];
  },
};

const moved = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE']);

function draft(situation: Situation, name: QualifiedName, old: QualifiedName): Draft {
  const {statement} = situation;
  const schema = text(statement.node['newschema']) ?? '';
  const clause = statement.find('SET SCHEMA') ?? statement.whole;
  const isTable = statement.node['objectType'] === 'OBJECT_TABLE';
  const sql = `CREATE VIEW ${written(old)} AS SELECT * FROM ${written({schema, name: name.name})}`;
  return {
    at: {start: clause.start, end: statement.whole.end},
    what: `Queries that find ${short(name)} in its old schema fail from now on`,
    why: 'Clients that are running, functions and reports look for it in the old schema; to them it is gone (SQLSTATE 42P01).',
    fix: 'Make a view in the old schema in the same transaction, and drop it when nobody uses it any more.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    remedies:
      isTable && isJoinedByNext(situation)
        ? [{title: 'Leave a view in the old schema', kind: 'after', preferred: true, sql}]
        : [],
  };
}

const orders = 'CREATE SCHEMA shop; CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table',
      history: orders,
      sql: 'ALTER TABLE orders «SET SCHEMA shop»;',
      fixed: 'ALTER TABLE orders SET SCHEMA shop;\nCREATE VIEW public.orders AS SELECT * FROM shop.orders;',
    },
    {name: 'a view', sql: 'ALTER VIEW shop.notes «SET SCHEMA public»;'},
  ],
  silent: [
    {
      name: 'with a view in its place',
      history: orders,
      sql: 'ALTER TABLE orders SET SCHEMA shop; CREATE VIEW public.orders AS SELECT * FROM shop.orders;',
    },
    {name: 'a new table', sql: 'CREATE TABLE t (id int); ALTER TABLE t SET SCHEMA shop;'},
    {name: 'an extension', sql: 'ALTER EXTENSION pg_trgm SET SCHEMA shop;'},
    {
      name: 'back again',
      history: orders,
      direction: 'down',
      sql: 'ALTER TABLE shop.orders SET SCHEMA public;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders SET SCHEMA other', does: 'AE orders'},
    {sql: 'ALTER TABLE orders SET SCHEMA other; SELECT count(*) FROM orders', does: {fails: '42P01'}},
    {sql: 'ALTER VIEW order_notes SET SCHEMA other', does: 'AE order_notes'},
  ],
});
