import {freeName} from '../../explain/index-sql.ts';
import type {IndexedTable, IndexRow} from '../parts/indexes.ts';
import {indexDefinitionOf} from './definition.ts';
import type {IndexMigration} from './migration.ts';
import type {IndexModel} from './model.ts';
import {namesOf, type Names} from './names.ts';
import {serverName} from './server-quote.ts';

/** What keeps an index of a partitioned table from being valid, at any depth. */
export interface Incomplete {
  /** Partitions that have no index attached to that of their table. */
  readonly missing: readonly IndexedTable[];
  /** Attached indexes of partitions that are not valid themselves. */
  readonly broken: readonly IndexRow[];
}

export function incompleteBelow(model: IndexModel, index: IndexRow): Incomplete {
  const below = incompleteLevels(model, index);
  const parts = below.flatMap(({oid}) => model.attached.get(oid) ?? []);
  return {
    missing: below.flatMap(level => unattached(model, level)),
    broken: parts.filter(({valid, partitioned}) => !valid && !partitioned),
  };
}

/** The index and those of partitioned partitions below it that are not valid, from the top. */
function incompleteLevels(model: IndexModel, index: IndexRow): readonly IndexRow[] {
  const parts = (model.attached.get(index.oid) ?? []).filter(({valid, partitioned}) => partitioned && !valid);
  return [index, ...parts.flatMap(part => incompleteLevels(model, part))];
}

function unattached(model: IndexModel, index: IndexRow): readonly IndexedTable[] {
  const attached = new Set((model.attached.get(index.oid) ?? []).map(({tableOid}) => tableOid));
  return (model.partitions.get(index.tableOid) ?? []).filter(({oid}) => !attached.has(oid));
}

/**
 * Migrations that build what a partitioned index lacks, one partition after the other, and attach it.
 * @returns nothing for the index of a constraint, which is attached by constraints, and where a partition is itself
 *   partitioned
 */
export function attachMigrations(model: IndexModel, index: IndexRow): readonly IndexMigration[] {
  return incompleteLevels(model, index)
    .toReversed()
    .flatMap(level => ofLevel(model, level));
}

function ofLevel(model: IndexModel, index: IndexRow): readonly IndexMigration[] {
  const missing = unattached(model, index);
  if (index.constraint !== undefined || missing.some(({kind}) => kind === 'partitioned-table')) return [];
  const taken = namesOf(model.part, index.schema);
  const parts = missing.map(partition => ofPartition(index, partition, taken));
  const builds = parts.map(part => ({
    title: `Build the index ${part.name}`,
    up: `${indexDefinitionOf(part, {concurrently: true, tablespace: true})};`,
    down: `DROP INDEX CONCURRENTLY IF EXISTS ${serverName(part)};`,
  }));
  const attach = parts.map(part => `ALTER INDEX ${serverName(index)} ATTACH PARTITION ${serverName(part)};`);
  if (attach.length === 0) return [];
  const title = `Attach the partitions’ indexes to ${index.name}`;
  // PostgreSQL detaches no index: it goes with its partitioned index, which is made again as it was.
  const before = (model.attached.get(index.oid) ?? []).map(
    part =>
      `${indexDefinitionOf(part, {tablespace: true})};\nALTER INDEX ${serverName(index)} ATTACH PARTITION ${serverName(part)};`,
  );
  const down = [
    `DROP INDEX ${serverName(index)};`,
    `${indexDefinitionOf(index, {tablespace: true})};`,
    ...before,
    ...parts.map(part => `${indexDefinitionOf(part, {tablespace: true})};`),
  ];
  return [...builds, {title, up: attach.join('\n'), down: down.join('\n')}];
}

function ofPartition(index: IndexRow, {oid, schema, name: table}: IndexedTable, taken: Names): IndexRow {
  const name = freeName([table, ...index.keys.map(({text}) => /\w+/.exec(text)?.[0] ?? 'expr')], taken);
  taken.add(name);
  return {...index, schema, table, tableOid: oid, name, partitioned: false, parent: index.oid};
}
