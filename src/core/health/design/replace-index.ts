import {indexDefinitionOf} from '../indexes/definition.ts';
import {dropIndexMigrations} from '../indexes/drop-migration.ts';
import type {IndexMigration} from '../indexes/migration.ts';
import {namesOf} from '../indexes/names.ts';
import {serverName} from '../indexes/server-quote.ts';
import type {IndexesPart, IndexRow} from '../parts/indexes.ts';

/** PostgreSQL cuts names after 63 bytes. */
const longestStem = 40;

/**
 * @param change what the new index has other than the old one
 * @param suffix of the new index's name
 * @returns a migration that builds the new index, and those that drop the old one once it is there; of a partitioned
 *   table without CONCURRENTLY, which PostgreSQL does not have there
 */
export function replaceIndexMigrations(
  part: IndexesPart,
  index: IndexRow,
  change: Partial<Pick<IndexRow, 'keys' | 'predicate'>>,
  suffix: string,
): readonly IndexMigration[] {
  const name = freeName(part, index, suffix);
  const concurrently = !index.partitioned;
  const definition = indexDefinitionOf(
    {...index, ...change, name},
    {concurrently, withPartitions: true, tablespace: true},
  );
  const create = {
    title: `Build the index ${name}`,
    up: `${definition};`,
    down: `DROP INDEX ${concurrently ? 'CONCURRENTLY ' : ''}${serverName({schema: index.schema, name})};`,
  };
  return [create, ...dropIndexMigrations(part, index)];
}

function freeName(part: IndexesPart, {schema, name}: IndexRow, suffix: string): string {
  const taken = namesOf(part, schema);
  const stem = `${name.slice(0, longestStem)}_${suffix}`;
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? stem : `${stem}${number}`;
    if (!taken.has(free)) return free;
  }
}
