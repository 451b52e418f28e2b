import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {ObjectOf, SchemaSnapshot} from '../objects.ts';
import {columnClause, columnSettings, valueClause} from './columns.ts';
import {addConstraint, canBeInline, constraintClause} from './constraints.ts';
import {parentName} from './names.ts';
import {foreignOptions, storageOptions} from './options.ts';
import {partsOf} from './parts.ts';

type Table = ObjectOf<'table'>;
type Column = ObjectOf<'column'>;
type Constraint = ObjectOf<'constraint'>;

/**
 * @param constraints - those that are written with it; the others are added with statements of their own.
 * @returns the one statement that makes a table with its columns. A partition is a table like others until it is
 *   attached, because only so do its indexes and the order of its columns stay its own.
 */
export function createTable(
  table: Table,
  snapshot: SchemaSnapshot,
  constraints: readonly Constraint[],
): string {
  const columns = partsOf(snapshot, table.key, 'column');
  const clauses = [
    ...columnsOf(table, columns, snapshot),
    ...constraints.filter(canBeInline).map(constraintClause),
  ];
  const {ofType} = table.attributes;
  const lines = clauses.map(clause => `\n    ${clause}`).join(',');
  const body = lines === '' && ofType !== undefined ? '' : ` (${lines}\n)`;
  const of = ofType === undefined ? '' : ` OF ${ofType}`;
  return `CREATE ${kindWords(table)} ${nameOf(table)}${of}${body}${endOf(table, columns)}`;
}

/** @returns what a new table needs once its columns, constraints and indexes are there. */
export function tableSettings(table: Table, snapshot: SchemaSnapshot): readonly string[] {
  const {inherits = [], partitionOf, partitionBound = '', ...attributes} = table.attributes;
  const columns = partsOf(snapshot, table.key, 'column');
  const alter = `ALTER TABLE ${nameOf(table)}`;
  const {clusterOn, replicaIdentity: identity} = attributes;
  return [
    ...(usesInherits(table, columns) ? [] : inherits.map(parent => `${alter} INHERIT ${parent}`)),
    ...(partitionOf === undefined
      ? []
      : [`ALTER TABLE ${partitionOf} ATTACH PARTITION ${nameOf(table)} ${partitionBound}`]),
    ...(usesInherits(table, columns)
      ? columns.flatMap(column => ownDefault(column, inherits, snapshot))
      : []),
    ...columns.flatMap(columnSettings),
    ...(attributes.rowSecurity ? [`${alter} ENABLE ROW LEVEL SECURITY`] : []),
    ...(attributes.forceRowSecurity ? [`${alter} FORCE ROW LEVEL SECURITY`] : []),
    ...(clusterOn === undefined ? [] : [`${alter} CLUSTER ON ${quoteWhereNeeded(clusterOn)}`]),
    ...(identity === undefined ? [] : [`${alter} REPLICA IDENTITY ${replicaIdentity(identity)}`]),
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
  if (table.attributes.ofType !== undefined)
    return columns.flatMap(column => {
      const value = [valueClause(column), column.attributes.notNull ? 'NOT NULL' : '']
        .filter(Boolean)
        .join(' ');
      return value === '' ? [] : [`${quoteWhereNeeded(column.name)} WITH OPTIONS ${value}`];
    });
  const inherits = usesInherits(table, columns);
  return columns
    .filter(column => !inherits || !column.attributes.inherited)
    .map(column => columnClause(column, snapshot));
}

/** What comes after the parentheses, each on a line of its own. */
function endOf(table: Table, columns: readonly Column[]): string {
  const {
    inherits = [],
    partitionKey,
    accessMethod,
    server,
    foreignOptions: foreign,
    ...attributes
  } = table.attributes;
  const options = [storageOptions(attributes.options), storageOptions(attributes.toastOptions, 'toast.')];
  const set = options.filter(words => words !== '').join(', ');
  return [
    ...(usesInherits(table, columns) ? [`INHERITS (${inherits.join(', ')})`] : []),
    ...(partitionKey === undefined ? [] : [`PARTITION BY ${partitionKey}`]),
    ...(accessMethod === undefined ? [] : [`USING ${quoteWhereNeeded(accessMethod)}`]),
    ...(server === undefined ? [] : [`SERVER ${quoteWhereNeeded(server)}`]),
    ...(foreign ? [`OPTIONS (${foreignOptions(foreign)})`] : []),
    ...(set === '' ? [] : [`WITH (${set})`]),
    ...(attributes.tablespace === undefined ? [] : [`TABLESPACE ${quoteWhereNeeded(attributes.tablespace)}`]),
  ]
    .map(line => `\n${line}`)
    .join('');
}

/** Columns that the table has only from a parent come with INHERITS; where there is none, the order stays its own. */
function usesInherits({attributes}: Table, columns: readonly Column[]): boolean {
  return attributes.inherits !== undefined && columns.some(column => column.attributes.inherited);
}

/** A child begins with the defaults of its parents. */
function ownDefault(
  column: Column,
  parents: readonly string[],
  {objects}: SchemaSnapshot,
): readonly string[] {
  if (!column.attributes.inherited) return [];
  const name = quoteWhereNeeded(column.name);
  const above = parents.flatMap(parent => objects.get(`column ${parent}.${name}`) ?? []).at(-1);
  const {default: value} = column.attributes;
  if (above?.kind !== 'column' || above.attributes.default === value) return [];
  const change = value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${value}`;
  return [`ALTER TABLE ${parentName(column)} ALTER COLUMN ${name} ${change}`];
}
