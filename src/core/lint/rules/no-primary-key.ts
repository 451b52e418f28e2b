import {field, list, text, written, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {RuleProof, Situation, StatementRule} from '../rule.ts';
import type {LintStatement} from '../statement.ts';
import {isSameName, relationNamed} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'no-primary-key',
  severity: 'information',
  title: 'A new table without a primary key',
  about: `Without a primary key nothing tells two equal rows apart: one of two duplicates cannot be deleted by its values, and no
other table can refer to a row. Logical replication refuses UPDATE and DELETE on such a table while it publishes them,
unless another unique index is named as its replica identity.

Silent where a later statement of the file adds one, and for temporary tables, partitions, tables that inherit, and copies
of another table's indexes.`,
  direction: 'up',
  kinds: ['CreateStmt'],
  check: situation => {
    const {statement} = situation;
    const name = relationNamed(statement);
    if (!name || hasKey(statement) || takesKey(statement) || isAddedLater(situation, name)) return [];
    return [
      {
        at: statement.nameAt(field(statement.node, 'relation')['location']),
        what: `Rows of ${written(name)} have no primary key`,
        why: 'Two equal rows cannot be told apart, no other table can refer to a row, and logical replication refuses UPDATE and DELETE on the table.',
        fix: 'Declare the columns that identify a row as PRIMARY KEY, or add one: id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY.',
      },
    ];
  },
};

function hasKey({node}: LintStatement): boolean {
  return list(node['tableElts']).some(element => {
    const own = list(field(element, 'ColumnDef')['constraints']).map(each => field(each, 'Constraint'));
    return [field(element, 'Constraint'), ...own].some(isKey);
  });
}

function isKey(constraint: SyntaxNode): boolean {
  return constraint['contype'] === 'CONSTR_PRIMARY';
}

/** A partition has its parent's; of a copy it is not known whether there was one. */
function takesKey({node}: LintStatement): boolean {
  const isCopy = list(node['tableElts']).some(element => 'TableLikeClause' in element);
  return isCopy || 'partbound' in node || 'inhRelations' in node;
}

function isAddedLater({before, file, index}: Situation, name: QualifiedName): boolean {
  return file.statements.slice(index + 1).some(({statement}) => {
    const altered = relationNamed(statement);
    if (statement.kind !== 'AlterTableStmt' || !altered || !isSameName(before, altered, name)) return false;
    return statement.actions.some(({node}) => {
      const column = field(node['def'], 'ColumnDef');
      const own = list(column['constraints']).map(each => field(each, 'Constraint'));
      return (
        [field(node['def'], 'Constraint'), ...own].some(isKey) ||
        text(node['subtype']) === 'AT_AttachPartition'
      );
    });
  });
}

export const proof = (): RuleProof => ({
  fires: [
    {name: 'only columns', sql: 'CREATE TABLE «notes» (order_id bigint, note text);'},
    {name: 'with a schema', sql: 'CREATE TABLE IF NOT EXISTS «shop.notes» (id bigint UNIQUE);'},
    {
      name: 'a key of another table',
      sql: 'CREATE TABLE «a» (id int);\nCREATE TABLE b (id int);\nALTER TABLE b ADD PRIMARY KEY (id);',
    },
  ],
  silent: [
    {name: 'a column', sql: 'CREATE TABLE notes (id bigint PRIMARY KEY);'},
    {name: 'of the table', sql: 'CREATE TABLE parts (id int, part int, PRIMARY KEY (id, part));'},
    {
      name: 'added later',
      sql: 'CREATE TABLE notes (id int);\nALTER TABLE ONLY notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);',
    },
    {
      name: 'added with a column',
      sql: 'CREATE TABLE notes ();\nALTER TABLE notes ADD id bigint PRIMARY KEY;',
    },
    {name: 'temporary', sql: 'CREATE TEMP TABLE t (id int);'},
    {
      name: 'a partition',
      history: 'CREATE TABLE events (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)',
      sql: "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
    {name: 'a copy', sql: 'CREATE TABLE old_orders (LIKE orders INCLUDING ALL);'},
    {name: 'a rollback', direction: 'down', sql: 'CREATE TABLE notes (note text);'},
  ],
  claims: [
    {
      setup: 'CREATE TABLE k (a int); INSERT INTO k VALUES (1); CREATE PUBLICATION p FOR TABLE k',
      sql: 'UPDATE k SET a = 2',
      does: {fails: '55000'},
    },
  ],
});
