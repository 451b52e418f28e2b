import type {Action} from '../finding.ts';
import type {IndexesPart, IndexRow} from '../parts/indexes.ts';
import {attaching} from './attaching.ts';
import {indexDefinitionOf} from './definition.ts';
import {dropConstraintMigration} from './drop-constraint.ts';
import {modelOf, topOf, type IndexModel} from './model.ts';
import {lines, type IndexMigration} from './migration.ts';
import {literal, serverName, serverQuote} from './server-quote.ts';

/**
 * Migrations that drop the index, each with a down that makes it again as it was. What is CONCURRENTLY is alone in its
 * migration, so what an index has beside its definition (a comment, the CLUSTER mark, statistics targets) is taken off
 * in one before it, whose down puts it back last.
 * @param index an attached one leads to the partitioned index that it goes with
 * @returns nothing for an index whose down cannot be written from its row: of an extension, or when it or its
 *   exclusion constraint was not read completely
 */
export function dropIndexMigrations(part: IndexesPart, index: IndexRow): readonly IndexMigration[] {
  const model = modelOf(part);
  const top = topOf(model, index);
  if (top.extension !== undefined || top.incomplete === true) return [];
  const title = `Drop the index ${top.name}`;
  const own = [top, ...allAttached(model, top)];
  const marks = marksOf(own);
  const drop = top.constraint
    ? dropConstraintMigration(model, top, top.constraint)
    : {title, ...(top.partitioned ? partitionedStatements(model, top) : concurrentStatements(top))};
  if (!drop) return [];
  return marks.up.length === 0
    ? [drop]
    : [
        {title: `Prepare to ${title.replace('Drop', 'drop')}`, up: lines(marks.up), down: lines(marks.down)},
        drop,
      ];
}

/** What a finding offers to drop an index. */
export function dropAction(part: IndexesPart, index: IndexRow): Action {
  const migrations = dropIndexMigrations(part, index);
  return {kind: 'migration', title: `Drop the index ${index.name}`, migrations};
}

/** @returns a migration that builds the index anew without blocking writes where PostgreSQL can. */
export function rebuildIndexMigration(index: IndexRow): IndexMigration {
  const how = isExcluding(index) ? '' : 'CONCURRENTLY ';
  return {
    title: `Rebuild the index ${index.name}`,
    up: `REINDEX INDEX ${how}${serverName(index)};`,
    down: '-- A rebuilt index holds the same entries, so there is nothing to undo.\nSELECT 1;',
  };
}

/** PostgreSQL refuses to rebuild these concurrently, and only the constraint knows their operators. */
export function isExcluding({constraint, method}: IndexRow): boolean {
  return constraint !== undefined && (constraint.kind === 'exclusion' || method !== 'btree');
}

function concurrentStatements(index: IndexRow): Pick<IndexMigration, 'up' | 'down'> {
  return {
    up: `DROP INDEX CONCURRENTLY ${serverName(index)};`,
    down: `${indexDefinitionOf(index, {concurrently: true, tablespace: true})};`,
  };
}

/** PostgreSQL drops no partitioned index concurrently. Its down names each partition's index as it was. */
function partitionedStatements(model: IndexModel, index: IndexRow): Pick<IndexMigration, 'up' | 'down'> {
  const making = attaching(model, index, one => [indexDefinitionOf(one, {tablespace: true})]);
  return {up: `DROP INDEX ${serverName(index)};`, down: lines(making)};
}

function allAttached(model: IndexModel, index: IndexRow): readonly IndexRow[] {
  return (model.attached.get(index.oid) ?? []).flatMap(part => [part, ...allAttached(model, part)]);
}

interface Marks {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

function marksOf(indexes: readonly IndexRow[]): Marks {
  const marks = indexes.flatMap(markOf);
  return {up: marks.map(({up}) => up), down: marks.map(({down}) => down)};
}

function markOf(index: IndexRow): readonly Pick<IndexMigration, 'up' | 'down'>[] {
  const {schema, table, name, clustered, comment, statistics = []} = index;
  const own = serverName(index);
  const owner = `ALTER TABLE ${serverName({schema, name: table})}`;
  return [
    ...(comment === undefined
      ? []
      : [{up: `COMMENT ON INDEX ${own} IS NULL`, down: `COMMENT ON INDEX ${own} IS ${literal(comment)}`}]),
    ...(clustered
      ? [{up: `${owner} SET WITHOUT CLUSTER`, down: `${owner} CLUSTER ON ${serverQuote(name)}`}]
      : []),
    ...statistics.map(({column, target}) => {
      const set = `ALTER INDEX ${own} ALTER COLUMN ${column} SET STATISTICS`;
      return {up: `${set} -1`, down: `${set} ${target}`};
    }),
  ];
}
