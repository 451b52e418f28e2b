import {ok, type Outcome} from '../../../core/outcome.ts';
import type {Queryable} from '../../../core/session.ts';
import {readRow, readRows, type ReadOptions} from '../read.ts';
import {columnDefinitionsSql} from '../sql/definition/columns.ts';
import {
  policyStatementsSql,
  rulesSql,
  sequenceStatementsSql,
  statisticsSql,
  tableConstraintsSql,
  tableIndexesSql,
  tableTriggersSql,
} from '../sql/definition/parts.ts';
import {relationSql} from '../sql/definition/relation.ts';
import {columnRow, type ColumnRow} from './columns.ts';
import {createTable} from './create-table.ts';
import {createView} from './create-view.ts';
import {relationRow, type RelationRow} from './relation-row.ts';
import {gone, ownerLine, readStatements, type Made} from './statements.ts';

const parts = ['sequences', 'constraints', 'indexes', 'statistics', 'rules', 'triggers', 'policies'] as const;
type Parts = Record<(typeof parts)[number], readonly Made[]>;

const partsSql: Record<(typeof parts)[number], string> = {
  sequences: sequenceStatementsSql('c.oid = $1::oid'),
  constraints: tableConstraintsSql,
  indexes: tableIndexesSql,
  statistics: statisticsSql,
  rules: rulesSql,
  triggers: tableTriggersSql,
  policies: policyStatementsSql('p.polrelid = $1::oid'),
};

const sequenceSql = sequenceStatementsSql('q.oid = $1::oid');

/** The definition of a table, view, materialized view, foreign table or sequence. @param oid of its pg_class row */
export async function relationDefinition(
  db: Queryable,
  oid: number,
  options: ReadOptions,
): Promise<Outcome<readonly string[]>> {
  const relation = await readRow(db, relationSql, [oid], relationRow, options);
  if (!relation.ok) return relation;
  if (!relation.value) return gone();
  const owner = ownerLine(relation.value.owner);
  if (relation.value.kind === 'S') {
    const made = await readStatements(db, sequenceSql, oid, options);
    return made.ok ? ok([owner, ...made.value.flatMap(({statements}) => statements)]) : made;
  }
  const columns = await readRows(db, columnDefinitionsSql, [oid], columnRow, options);
  if (!columns.ok) return columns;
  const read = await readParts(db, oid, options);
  if (!read.ok) return read;
  return ok([owner, ...statementsOf(relation.value, columns.value, read.value)]);
}

function statementsOf(
  relation: RelationRow,
  columns: readonly ColumnRow[],
  {indexes, sequences, constraints, ...others}: Parts,
): readonly string[] {
  const view = relation.kind === 'v' || relation.kind === 'm';
  return [
    ...(view
      ? createView(relation, columns, indexes)
      : createTable({relation, columns, sequences, constraints, indexes})),
    ...[others.statistics, others.rules, others.triggers, others.policies].flatMap(made =>
      made.flatMap(({statements}) => statements),
    ),
    ...comment(relation),
  ];
}

async function readParts(db: Queryable, oid: number, options: ReadOptions): Promise<Outcome<Parts>> {
  const read: Parts = {
    sequences: [],
    constraints: [],
    indexes: [],
    statistics: [],
    rules: [],
    triggers: [],
    policies: [],
  };
  for (const part of parts) {
    const made = await readStatements(db, partsSql[part], oid, options);
    if (!made.ok) return made;
    read[part] = made.value;
  }
  return ok(read);
}

const words = {
  r: 'TABLE',
  p: 'TABLE',
  f: 'FOREIGN TABLE',
  v: 'VIEW',
  m: 'MATERIALIZED VIEW',
  S: 'SEQUENCE',
} as const;

function comment({kind, target, comment}: RelationRow): readonly string[] {
  return comment === undefined ? [] : [`COMMENT ON ${words[kind]} ${target} IS ${comment};`];
}
