import {columnLine, columnStatements, inheritedLines, typedColumnLine, type ColumnRow} from './columns.ts';
import {storageLines, type RelationRow} from './relation-row.ts';
import type {Made} from './statements.ts';

export interface TableFacts {
  readonly relation: RelationRow;
  readonly columns: readonly ColumnRow[];
  /** Sequences that columns own: made before the table, owned after. */
  readonly sequences: readonly Made[];
  readonly constraints: readonly Made[];
  readonly indexes: readonly Made[];
}

/**
 * A partition is made by itself and attached, as pg_dump does it: PARTITION OF would give its columns the parent's
 * order, and its indexes and constraints names of their own.
 * @returns the statements that make a table, partitioned table, partition or foreign table, with its columns,
 * constraints and indexes
 */
export function createTable({
  relation,
  columns,
  sequences,
  constraints,
  indexes,
}: TableFacts): readonly string[] {
  const {target} = relation;
  return [
    ...sequences.flatMap(({statements}) => statements.slice(0, 1)),
    createStatement(relation, columns, constraints),
    ...sequences.flatMap(({statements}) => statements.slice(1)),
    ...columns.flatMap(column => columnStatements(target, column)),
    ...constraints.flatMap(({inline, statements}) => (inline === undefined ? [] : statements.slice(1))),
    ...indexes.flatMap(({statements}) => statements),
    ...constraints.flatMap(({inline, statements}) => (inline === undefined ? statements : [])),
    ...attach(relation),
    ...security(relation),
    ...replicaIdentity(relation),
  ];
}

function createStatement(
  relation: RelationRow,
  columns: readonly ColumnRow[],
  constraints: readonly Made[],
): string {
  const {kind, unlogged, target} = relation;
  const kindWord = kind === 'f' ? 'FOREIGN TABLE' : `${unlogged ? 'UNLOGGED ' : ''}TABLE`;
  return `CREATE ${kindWord} ${target}${body(relation, columns, constraints)}${clauses(relation)};`;
}

function body(
  {ofType, bound}: RelationRow,
  columns: readonly ColumnRow[],
  constraints: readonly Made[],
): string {
  const lines = [
    ...columns.flatMap(column => {
      if (ofType !== undefined) return typedColumnLine(column) ?? [];
      return column.inherited ? [] : columnLine(column, bound !== undefined);
    }),
    ...columns.flatMap(inheritedLines),
    ...constraints.flatMap(({inline}) => inline ?? []),
  ];
  const list = lines.length === 0 ? '' : `\n${lines.map(line => `    ${line}`).join(',\n')}\n`;
  if (ofType !== undefined) return ` OF ${ofType}${list && ` (${list})`}`;
  return ` (${list})`;
}

function clauses(relation: RelationRow): string {
  const {kind, bound, parents, partitionKey, server, foreignOptions} = relation;
  const inherits = bound === undefined && parents.length > 0 ? `\nINHERITS (${parents.join(', ')})` : '';
  if (kind === 'f')
    return `${inherits}\nSERVER ${server ?? ''}${foreignOptions ? `\n${foreignOptions}` : ''}`;
  const partition = partitionKey === undefined ? '' : `\nPARTITION BY ${partitionKey}`;
  return `${inherits}${partition}${storageLines(relation)}`;
}

function attach({bound, parents, target}: RelationRow): readonly string[] {
  const parent = parents[0];
  if (bound === undefined || parent === undefined) return [];
  return [`ALTER TABLE ONLY ${parent} ATTACH PARTITION ${target} ${bound};`];
}

function security({target, rowSecurity, forcedRowSecurity}: RelationRow): readonly string[] {
  return [
    ...(rowSecurity ? [`ALTER TABLE ${target} ENABLE ROW LEVEL SECURITY;`] : []),
    ...(forcedRowSecurity ? [`ALTER TABLE ${target} FORCE ROW LEVEL SECURITY;`] : []),
  ];
}

/** The index of an identity that uses one says so itself. Foreign tables and views have none. */
function replicaIdentity({kind, target, replicaIdentity}: RelationRow): readonly string[] {
  if (kind !== 'r' && kind !== 'p') return [];
  if (replicaIdentity === 'f') return [`ALTER TABLE ONLY ${target} REPLICA IDENTITY FULL;`];
  if (replicaIdentity === 'n') return [`ALTER TABLE ONLY ${target} REPLICA IDENTITY NOTHING;`];
  return [];
}
