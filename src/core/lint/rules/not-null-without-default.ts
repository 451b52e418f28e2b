import {
  field,
  list,
  names,
  qualified,
  relationOf,
  text,
  written,
  type QualifiedName,
} from '../../sql/objects.ts';
import {serialType} from '../model/type-names.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Action} from '../statement.ts';
import {addedConstraints, hasDefault, type AddedConstraint} from './support/added-constraints.ts';
import {isSameName, relationNamed} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'not-null-without-default',
  severity: 'error',
  title: 'A new column is NOT NULL and has no value for the rows that are there',
  about: `\`ADD COLUMN … NOT NULL\` without a default fails with SQLSTATE 23502 as soon as the table has a single row: the new
column would be NULL in it. On an empty database, such as a developer's, it succeeds.

Give it a default, which costs nothing since PostgreSQL 11 as long as it is the same for all rows; or add the column
without NOT NULL, fill it, and set NOT NULL then.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const {statement} = situation;
    const name = relationNamed(statement);
    const added = addedConstraints(statement, 'CONSTR_NOTNULL', 'CONSTR_PRIMARY')
      .filter(({column}) => column !== undefined)
      .filter(each => !getsValues(situation, each))
      .filter((each, index, all) => all.findIndex(other => other.action === each.action) === index);
    // To look for a statement that empties the table takes longest.
    if (!name || added.length === 0 || isEmpty(situation, name)) return [];
    return added.map(each => draft(situation, name, each));
  },
};

function draft(situation: Situation, name: QualifiedName, {at, node, column}: AddedConstraint): Draft {
  const {statement, target} = situation;
  const isKey = node['contype'] === 'CONSTR_PRIMARY';
  const hasRows = (target?.facts(name)?.rows ?? 0) > 0;
  const start = statement.sql.slice(0, at.start).trimEnd().length;
  return {
    at,
    what: `Fails if ${written(name)} has rows, because ${text(column?.['colname'])} would be NULL in them`,
    why: `${isKey ? 'A primary key is NOT NULL' : 'The column is NOT NULL'} and has no default, so that PostgreSQL refuses it with SQLSTATE 23502 where the table has a row.`,
    fix: 'Give it a default; or add it without NOT NULL, fill it, and set NOT NULL in a later migration.',
    ...(target && !hasRows ? {severity: 'warning' as const} : {}),
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    remedies: isKey
      ? []
      : [
          {
            kind: 'edit',
            title: 'Leave NOT NULL for when the column is filled',
            edits: [{start, end: at.end, text: ''}],
          },
        ],
  };
}

/** Made by this file, or known to have no row. A small table has rows. */
function isEmpty(situation: Situation, name: QualifiedName): boolean {
  const {before, target} = situation;
  return (
    situation.isNew(name) ||
    before.relation(name)?.temporary === true ||
    before.relation(name)?.kind === 'foreign table' ||
    target?.facts(name)?.rows === 0 ||
    isEmptied(situation, name)
  );
}

/** By an earlier statement of the file: TRUNCATE, or DELETE without a condition. */
function isEmptied({file, index, before}: Situation, name: QualifiedName): boolean {
  return file.statements.slice(0, index).some(({statement: {kind, node}}) => {
    const all = kind === 'DeleteStmt' && node['whereClause'] === undefined ? [node['relation']] : [];
    const cut = kind === 'TruncateStmt' ? list(node['relations']).map(each => each['RangeVar']) : [];
    return [...all, ...cut].some(each => {
      const other = relationOf(each);
      return other !== undefined && isSameName(before, other, name);
    });
  });
}

/** A serial has a default, and so may a domain. */
function getsValues({statement, before}: Situation, added: AddedConstraint): boolean {
  return hasDefault(statement, added) || hasOwnDefault(added.action, before);
}

function hasOwnDefault({node}: Action, before: Situation['before']): boolean {
  const type = field(field(node['def'], 'ColumnDef'), 'typeName');
  const name = qualified(names(type['names']));
  return serialType(type) !== undefined || (name !== undefined && before.type(name)?.kind === 'domain');
}

const history = 'CREATE TABLE orders (id int PRIMARY KEY, note text); CREATE TABLE logs (note text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'without a default',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN state text «NOT NULL»;',
      fixed: 'ALTER TABLE orders ADD COLUMN state text;',
    },
    {
      name: 'with the default NULL',
      history,
      sql: 'ALTER TABLE orders ADD state text DEFAULT NULL «CONSTRAINT set NOT NULL», ADD n int;',
      fixed: 'ALTER TABLE orders ADD state text DEFAULT NULL, ADD n int;',
    },
    {
      name: 'a default that comes too late',
      history,
      sql: "ALTER TABLE orders ADD state text «NOT NULL», ALTER state SET DEFAULT 'new';",
    },
    {name: 'a primary key', history, sql: 'ALTER TABLE logs ADD COLUMN id int «PRIMARY KEY»;'},
    {
      name: 'a table that is small on the target, but has rows',
      history,
      rows: {orders: 3},
      sql: 'ALTER TABLE orders ADD COLUMN state text «NOT NULL»;',
    },
  ],
  silent: [
    {
      name: 'with a default',
      history,
      sql: "ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';",
    },
    {name: 'without NOT NULL', history, sql: 'ALTER TABLE orders ADD COLUMN state text;'},
    {
      name: 'a table of the same file',
      sql: 'CREATE TABLE t (id int);\nALTER TABLE t ADD COLUMN n int NOT NULL;',
    },
    {
      name: 'a table that is empty on the target',
      history,
      rows: {orders: 0},
      sql: 'ALTER TABLE orders ADD COLUMN state text NOT NULL;',
    },
    {
      name: 'a table that the file empties before',
      history,
      sql: 'TRUNCATE logs, public.orders;\nALTER TABLE orders ADD COLUMN state text NOT NULL;',
    },
    {
      name: 'what makes its values itself',
      history,
      sql: `ALTER TABLE orders ADD COLUMN n serial NOT NULL, ADD m int NOT NULL GENERATED ALWAYS AS (id * 2) STORED,
  ADD k bigint GENERATED ALWAYS AS IDENTITY NOT NULL;`,
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ADD COLUMN n int NOT NULL', does: {fails: '23502'}},
    {sql: 'ALTER TABLE orders ADD COLUMN n int DEFAULT NULL NOT NULL', does: {fails: '23502'}},
    {sql: 'ALTER TABLE orders ADD COLUMN n int NOT NULL, ALTER n SET DEFAULT 5', does: {fails: '23502'}},
    {sql: 'ALTER TABLE orders ADD COLUMN n int NOT NULL DEFAULT 7', does: 'AE orders'},
    {
      setup: 'INSERT INTO quiet VALUES (1)',
      sql: 'ALTER TABLE quiet ADD COLUMN n int PRIMARY KEY',
      does: {fails: '23502'},
    },
  ],
});
