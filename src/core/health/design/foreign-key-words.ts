import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Subject} from '../finding.ts';
import type {ForeignKeyRow, IndexedTable} from '../parts/indexes.ts';
import {shortName} from '../words.ts';

/** A foreign key that is its own, and not a partition's copy, with its table. */
export interface OwnKey {
  readonly key: ForeignKeyRow;
  readonly table: IndexedTable;
}

/** @returns the foreign keys as they were declared, once each */
export function ownKeys(part: {
  readonly foreignKeys: readonly ForeignKeyRow[];
  readonly tables: readonly IndexedTable[];
}): readonly OwnKey[] {
  const tables = new Map(part.tables.map(table => [table.oid, table]));
  return part.foreignKeys.flatMap(key => {
    const table = tables.get(key.tableOid);
    return key.parent === undefined && table ? [{key, table}] : [];
  });
}

/** @returns `orders (customer_id)`, `orders (tenant_id, customer_id)` */
export function referringWords({key, table}: OwnKey): string {
  return `${shortName(table)} (${key.columns.map(({name}) => quoteWhereNeeded(name)).join(', ')})`;
}

/** @returns `customers (id)` */
export function referencedWords({
  referencesSchema,
  referencesTable,
  referencedColumns,
}: ForeignKeyRow): string {
  const table = shortName({schema: referencesSchema, name: referencesTable});
  return `${table} (${referencedColumns.map(({name}) => quoteWhereNeeded(name)).join(', ')})`;
}

/** @returns what the tree shows of it */
export function keySubject({key, table}: OwnKey): Subject {
  return {kind: 'constraint', schema: table.schema, table: table.name, name: key.name};
}
