import {text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import type {Relation, SchemaModel} from '../model/schema.ts';
import type {Remedy, Step} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {dependentsOf, foreignKeysTo, viewsOf} from './support/dependents.ts';
import {isMadeAgain} from './support/made-later.ts';
import {droppedObjects, fullName, plainName, short, type NamedObject} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'drop-table',
  severity: 'warning',
  title: 'A table is dropped with its rows, or a view that clients use',
  about: `\`DROP TABLE\` takes an \`ACCESS EXCLUSIVE\` lock, and the rows are gone when it commits. Clients that still use
the table fail with 42P01. What references it by a foreign key, and the table that it is a partition of, is locked with
\`ACCESS EXCLUSIVE\` as well, for as long as the transaction lasts.

A view that reads it, or a foreign key of another table that points at it, makes the statement fail with 2BP01.

Drop a table in a release of its own, when no client has used it for a while: \`pg_stat_user_tables\` counts scans and
writes. Until then a rename hides it and can be taken back.`,
  direction: 'up',
  kinds: ['DropStmt'],
  check: situation => {
    const kind = kinds[text(situation.statement.node['removeType']) ?? ''];
    if (kind === undefined) return [];
    const objects = droppedObjects(situation.statement);
    return objects
      .filter(({name}) => !isNothing(situation, name))
      .flatMap(object => drafts(situation, kind, object, objects));
  },
};

const kinds: Readonly<Record<string, 'table' | 'foreign table' | 'view' | 'materialized view'>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'foreign table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
};

/** Made by this file, temporary, or dropped IF EXISTS in a project whose history has no such table. */
function isNothing(situation: Situation, name: QualifiedName): boolean {
  const {before, file, statement} = situation;
  const relation = before.relation(name);
  if (relation) return relation.temporary || situation.isNew(name);
  return statement.node['missing_ok'] === true && file.history.id !== undefined;
}

function drafts(
  situation: Situation,
  kind: 'table' | 'foreign table' | 'view' | 'materialized view',
  object: NamedObject,
  all: readonly NamedObject[],
): readonly Draft[] {
  const {statement, before} = situation;
  const others = all.map(({name}) => name);
  const isRestricted = statement.node['behavior'] !== 'DROP_CASCADE';
  const dependents = isRestricted ? dependentsOf(before, object.name, others) : [];
  if (dependents.length > 0) return [failing(situation, object, dependents, all.length === 1)];
  if (kind !== 'table' && isMadeAgain(situation, object.name)) return [];
  return [kind === 'table' ? withRows(situation, object, all.length === 1) : withoutRows(object, kind)];
}

function failing(
  {before}: Situation,
  {name, at}: NamedObject,
  dependents: readonly string[],
  isAlone: boolean,
): Draft {
  const keys = foreignKeysTo(before, name);
  const steps = keys.map(({of, constraint}) => ({
    sql: `ALTER TABLE ${short(of)} DROP CONSTRAINT ${quoteWhereNeeded(constraint.name)}`,
    how: 'any' as const,
    title: `drop ${constraint.name}`,
    undo: '',
  }));
  const drop = {
    sql: `DROP TABLE ${written(name)}`,
    how: 'any' as const,
    title: `drop ${name.name}`,
    undo: '',
  };
  const remedy: Remedy = {title: 'Drop the foreign keys first', kind: 'steps', steps: [...steps, drop]};
  return {
    at,
    severity: 'error',
    what: `Fails: ${enumerated(dependents)} ${dependents.length > 1 ? 'depend' : 'depends'} on ${short(name)}`,
    why: 'Without CASCADE PostgreSQL drops nothing that another object depends on (SQLSTATE 2BP01).',
    fix: 'Drop what depends on it first, each by its name.',
    remedies: isAlone && viewsOf(before, name).length === 0 ? [remedy] : [],
  };
}

function withRows({before}: Situation, {name, at}: NamedObject, isAlone: boolean): Draft {
  const relation = before.relation(name);
  const parent = relation?.partitionOf && before.relation(relation.partitionOf);
  const steps = parent && isAlone ? detachedFirst(before, plainName(parent), name) : [];
  const others = alsoLocked(relation);
  return {
    at,
    what: `Drops ${short(name)} with its rows`,
    why: `The rows are gone when it commits, and clients that still use the table fail (SQLSTATE 42P01).${others.length > 0 ? ` ${enumerated(others.map(other => short(other)))} ${others.length > 1 ? 'are' : 'is'} locked with ACCESS EXCLUSIVE as well.` : ''}`,
    fix: parent
      ? `Detach it from ${short(parent)} with CONCURRENTLY first, so that nobody waits for the partitioned table.`
      : 'Drop it in a release of its own, when no client uses it any more and its rows are kept elsewhere.',
    remedies:
      steps.length > 0
        ? [{title: 'Detach it with CONCURRENTLY, and drop it then', kind: 'steps', steps}]
        : [],
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name, ...others]},
  };
}

/** CONCURRENTLY is not possible while there is a default partition. */
function detachedFirst(model: SchemaModel, parent: QualifiedName, name: QualifiedName): readonly Step[] {
  const all = model.relation(parent)?.partitions ?? [];
  if (all.some(each => model.relation(each)?.isDefaultPartition)) return [];
  const detach = `ALTER TABLE ${written(parent)} DETACH PARTITION ${written(name)} CONCURRENTLY`;
  return [
    {sql: detach, how: 'alone', title: `detach ${name.name}`, undo: ''},
    {sql: `DROP TABLE ${written(name)}`, how: 'own', title: `drop ${name.name}`, undo: ''},
  ];
}

/** What its foreign keys reference, and the table that it is a partition of. */
function alsoLocked(relation: Relation | undefined): readonly QualifiedName[] {
  if (!relation) return [];
  const own = fullName(relation);
  const references = [...relation.constraints.values()].flatMap(each => each.references?.relation ?? []);
  const all = [...references, ...(relation.partitionOf ? [relation.partitionOf] : [])];
  return all.filter(
    (other, index) =>
      !(other.name === own.name && (other.schema ?? own.schema) === own.schema) &&
      all.findIndex(({name, schema}) => name === other.name && schema === other.schema) === index,
  );
}

function withoutRows({name, at}: NamedObject, kind: string): Draft {
  return {
    at,
    what: `Queries that name ${short(name)} fail from now on`,
    why: `Clients that are running and functions may still use the ${kind}; to them it is gone (SQLSTATE 42P01).`,
    fix: 'Drop it when nobody uses it any more.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    severity: 'information',
  };
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';
const items = `${orders}; CREATE TABLE items (id int, CONSTRAINT items_order_fk FOREIGN KEY (id) REFERENCES orders)`;

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a table', history: orders, sql: 'DROP TABLE «orders»;'},
    {name: 'a table that nobody knows', sql: 'drop table «shop."Orders"» cascade;'},
    {name: 'two at once', history: items, sql: 'DROP TABLE IF EXISTS «items», «public.orders» RESTRICT;'},
    {
      name: 'a foreign key points at it',
      history: items,
      sql: 'DROP TABLE «orders»;',
      fixed: 'ALTER TABLE items DROP CONSTRAINT items_order_fk;\nDROP TABLE orders;',
    },
    {
      name: 'a view reads it',
      history: `${orders}; CREATE VIEW v AS SELECT id FROM orders`,
      sql: 'DROP TABLE «orders»;',
    },
    {
      name: 'a partition',
      history:
        'CREATE TABLE events (id int) PARTITION BY RANGE (id); CREATE TABLE old PARTITION OF events FOR VALUES FROM (1) TO (9)',
      transaction: 'none',
      sql: 'DROP TABLE «old»;',
    },
    {name: 'a view', history: `${orders}; CREATE VIEW v AS SELECT id FROM orders`, sql: 'DROP VIEW «v»;'},
  ],
  silent: [
    {name: 'a table of this file', sql: 'CREATE TABLE t (id int); DROP TABLE t;'},
    {
      name: 'in case it is there',
      history: orders,
      sql: 'DROP TABLE IF EXISTS items; CREATE TABLE items (id int);',
    },
    {name: 'back again', history: orders, direction: 'down', sql: 'DROP TABLE orders;'},
    {
      name: 'a view that is made anew',
      history: `${orders}; CREATE VIEW v AS SELECT id FROM orders`,
      sql: 'DROP VIEW v; CREATE VIEW v AS SELECT 1 AS id;',
    },
    {name: 'an index', history: orders, sql: 'DROP INDEX orders_pkey;'},
  ],
  claims: [
    {sql: 'DROP TABLE quiet', does: 'AE quiet'},
    {sql: 'DROP TABLE items', does: 'AE items, AE items_pkey, AE orders'},
    {sql: 'DROP TABLE events_old', does: 'AE events, AE events_old, AE events_rest'},
    {sql: 'DROP TABLE orders', does: {fails: '2BP01'}},
    {sql: 'DROP TABLE customers', does: {fails: '2BP01'}},
    {
      setup: 'DROP VIEW order_notes; DROP MATERIALIZED VIEW totals',
      sql: 'DROP TABLE items, orders',
      does: 'AE customers, AE items, AE items_pkey, AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey',
    },
    {sql: 'DROP VIEW order_notes', does: 'AE order_notes'},
    {sql: 'DROP MATERIALIZED VIEW totals', does: 'AE totals, AE totals_id_idx'},
  ],
});
