import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {ObjectOf, SchemaSnapshot} from '../objects.ts';
import {columnClause, columnSettings, valueClause} from './columns.ts';
import {addConstraint, canBeInline, constraintClause} from './constraints.ts';
import {foreignOptions, storageOptions} from './options.ts';
import {partsOf} from './parts.ts';

type Table = ObjectOf<'table'>;
type Column = ObjectOf<'column'>;
type Constraint = ObjectOf<'constraint'>;

/**
 * @param constraints - those that are written with it; the others are added with statements of their own.
 * @returns the one statement that makes a table with its columns
 */
export function createTable(
  table: Table,
  snapshot: SchemaSnapshot,
  constraints: readonly Constraint[],
): string {
  const {attributes} = table;
  const columns = partsOf(snapshot, table.key, 'column');
  const clauses = [
    ...columnsOf(table, columns, snapshot),
    ...constraints.filter(canBeInline).map(constraintClause),
  ];
  const lines = clauses.map(clause => `\n    ${clause}`).join(',');
  const body =
    lines === '' && (isPartitionOf(table, columns, snapshot) || attributes.ofType !== undefined)
      ? ''
      : ` (${lines}\n)`;
  return `CREATE ${kindWords(table)} ${nameOf(table)}${ofClause(table, columns, snapshot)}${body}${endOf(table, columns, snapshot)}`;
}

/** @returns what a new table needs once its columns, constraints and indexes are there. */
export function tableSettings(table: Table, snapshot: SchemaSnapshot): readonly string[] {
  const {attributes} = table;
  const columns = partsOf(snapshot, table.key, 'column');
  const name = nameOf(table);
  const alter = `ALTER TABLE ${name}`;
  return [
    ...(attributes.inherits && !usesInherits(columns)
      ? attributes.inherits.map(parent => `${alter} INHERIT ${parent}`)
      : []),
    ...(attributes.partitionOf !== undefined && !isPartitionOf(table, columns, snapshot)
      ? [
          `ALTER TABLE ${attributes.partitionOf} ATTACH PARTITION ${name} ${attributes.partitionBound ?? ''}`.trimEnd(),
        ]
      : []),
    ...columns.flatMap(columnSettings),
    ...(attributes.rowSecurity ? [`${alter} ENABLE ROW LEVEL SECURITY`] : []),
    ...(attributes.forceRowSecurity ? [`${alter} FORCE ROW LEVEL SECURITY`] : []),
    ...(attributes.clusterOn === undefined
      ? []
      : [`${alter} CLUSTER ON ${quoteWhereNeeded(attributes.clusterOn)}`]),
    ...(attributes.replicaIdentity === undefined
      ? []
      : [`${alter} REPLICA IDENTITY ${replicaIdentity(attributes.replicaIdentity)}`]),
  ];
}

/** Constraints that have to be added to a new table with statements of their own. */
export function laterConstraints(constraints: readonly Constraint[]): readonly string[] {
  return constraints.filter(constraint => !canBeInline(constraint)).map(addConstraint);
}

/** @param identity - `nothing`, `full`, or the name of an index after `index `. */
export function replicaIdentity(identity: string): string {
  return identity.startsWith('index ')
    ? `USING INDEX ${quoteWhereNeeded(identity.slice('index '.length))}`
    : identity.toUpperCase();
}

function kindWords({attributes}: Table): string {
  if (attributes.server !== undefined) return 'FOREIGN TABLE';
  return attributes.persistence === 'unlogged' ? 'UNLOGGED TABLE' : 'TABLE';
}

function columnsOf(table: Table, columns: readonly Column[], snapshot: SchemaSnapshot): readonly string[] {
  if (isPartitionOf(table, columns, snapshot)) return [];
  if (table.attributes.ofType !== undefined)
    return columns.flatMap(column => {
      const value = [valueClause(column), column.attributes.notNull ? 'NOT NULL' : '']
        .filter(Boolean)
        .join(' ');
      return value === '' ? [] : [`${quoteWhereNeeded(column.name)} WITH OPTIONS ${value}`];
    });
  const own = usesInherits(columns) && table.attributes.partitionOf === undefined;
  return columns
    .filter(column => !own || !column.attributes.inherited)
    .map(column => columnClause(column, snapshot));
}

function ofClause(
  {attributes, ...table}: Table,
  columns: readonly Column[],
  snapshot: SchemaSnapshot,
): string {
  if (attributes.ofType !== undefined) return ` OF ${attributes.ofType}`;
  return isPartitionOf({attributes, ...table}, columns, snapshot)
    ? ` PARTITION OF ${attributes.partitionOf ?? ''}`
    : '';
}

/** What comes after the parentheses, each on a line of its own. */
function endOf(table: Table, columns: readonly Column[], snapshot: SchemaSnapshot): string {
  const {attributes} = table;
  const options = [
    storageOptions(attributes.options),
    storageOptions(attributes.toastOptions, 'toast.'),
  ].filter(Boolean);
  const lines = [
    isPartitionOf(table, columns, snapshot) ? attributes.partitionBound : undefined,
    attributes.inherits && usesInherits(columns) ? `INHERITS (${attributes.inherits.join(', ')})` : undefined,
    attributes.partitionKey === undefined ? undefined : `PARTITION BY ${attributes.partitionKey}`,
    attributes.accessMethod === undefined ? undefined : `USING ${quoteWhereNeeded(attributes.accessMethod)}`,
    attributes.server === undefined ? undefined : `SERVER ${quoteWhereNeeded(attributes.server)}`,
    attributes.foreignOptions ? `OPTIONS (${foreignOptions(attributes.foreignOptions)})` : undefined,
    options.length === 0 ? undefined : `WITH (${options.join(', ')})`,
    attributes.tablespace === undefined ? undefined : `TABLESPACE ${quoteWhereNeeded(attributes.tablespace)}`,
  ];
  return lines.flatMap(line => (line === undefined ? [] : `\n${line}`)).join('');
}

/** Columns that the table has only from a parent come with INHERITS; where there is none, the order stays its own. */
function usesInherits(columns: readonly Column[]): boolean {
  return columns.some(column => column.attributes.inherited);
}

/** PARTITION OF takes the columns as the parent has them; another order or other values need ATTACH PARTITION. */
function isPartitionOf(table: Table, columns: readonly Column[], snapshot: SchemaSnapshot): boolean {
  const {partitionOf} = table.attributes;
  if (partitionOf === undefined) return false;
  const parents = partsOf(snapshot, `table ${partitionOf}`, 'column');
  return (
    parents.length === columns.length &&
    columns.every((column, at) => {
      const parent = parents[at];
      return parent?.name === column.name && sameInParent(column, parent);
    })
  );
}

function sameInParent({attributes: own}: Column, {attributes: parents}: Column): boolean {
  return (
    own.default === parents.default &&
    own.generated === parents.generated &&
    own.notNull === parents.notNull &&
    own.compression === parents.compression
  );
}
