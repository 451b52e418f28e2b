import {indexDefinition} from '../../explain/index-sql.ts';
import type {IndexedTable, IndexesPart, IndexRow} from '../parts/indexes.ts';
import type {IndexMigration} from './migration.ts';
import {leavesOf, modelOf, type IndexModel} from './model.ts';
import {namesOf, type Names} from './names.ts';
import {serverName, serverQuote} from './server-quote.ts';

/** Of a table with more partitions, a file for each would be more than anybody wants to look through. */
const mostPartitions = 24;

/**
 * Migrations that build a btree index over columns without blocking writes: of a partitioned table first those of its
 * partitions, one after the other, so that the last one only joins them.
 * @param columns names, in their order
 */
export function createIndexMigrations(
  part: IndexesPart,
  table: IndexedTable,
  columns: readonly string[],
): readonly IndexMigration[] {
  const model = modelOf(part);
  const taken = namesOf(part, table.schema);
  const make = (on: IndexedTable): Built => built(on, columns, taken);
  if (table.kind !== 'partitioned-table') return [concurrently(make(table))];
  const leaves = leavesOf(model, table).filter(leaf => !hasIndex(model, leaf, columns));
  const apart = leaves.length > mostPartitions ? [] : leaves;
  const whole = make(table);
  const down = `DROP INDEX ${serverName({schema: table.schema, name: whole.name})};`;
  return [
    ...apart.map(leaf => concurrently(make(leaf), 'IF EXISTS ')),
    {title: whole.title, up: `${whole.sql};`, down},
  ];
}

interface Built {
  readonly title: string;
  readonly schema: string;
  readonly name: string;
  readonly sql: string;
}

function built(table: IndexedTable, columns: readonly string[], taken: Names): Built {
  const keys = columns.map(column => ({column}));
  const sql = indexDefinition({table, method: 'btree', keys}, taken);
  const [, written = ''] = /^CREATE INDEX ("(?:[^"]|"")+"|\S+) ON /.exec(sql) ?? [];
  const name = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
  taken.add(name);
  return {title: `Index ${table.name} (${columns.join(', ')})`, schema: table.schema, name, sql};
}

/** @param ifExists of a partition: it goes with the partitioned index that it was attached to */
function concurrently({title, schema, name, sql}: Built, ifExists = ''): IndexMigration {
  return {
    title,
    up: `${sql.replace(/^CREATE INDEX /, 'CREATE INDEX CONCURRENTLY ')};`,
    down: `DROP INDEX CONCURRENTLY ${ifExists}${serverName({schema, name})};`,
  };
}

/** PostgreSQL attaches an index that is there already. */
function hasIndex(model: IndexModel, {oid}: IndexedTable, columns: readonly string[]): boolean {
  return (model.ofTable.get(oid) ?? []).some(
    index =>
      isPlainTree(index) && index.keys.map(({text}) => text).join() === columns.map(serverQuote).join(),
  );
}

function isPlainTree({method, valid, unique, predicate, include, keys}: IndexRow): boolean {
  return (
    method === 'btree' &&
    valid &&
    !unique &&
    predicate === undefined &&
    include.length === 0 &&
    keys.every(
      ({opclass, collation, descending}) => opclass === undefined && collation === undefined && !descending,
    )
  );
}
