import {ok} from '../../../core/outcome.ts';
import {flag, maybe, moment, record} from '../../../core/health/shape.ts';
import {PartitionedTable, TableRow} from '../../../core/health/parts/tables.ts';
import {counted} from '../../../core/words.ts';
import {withTableBloat} from '../bloat.ts';
import type {PartReader} from '../reader.ts';
import {manyTables, partitionedSql, tableCountersSql, tablesSql} from '../sql/tables.ts';

const Counters = record({autovacuum: flag, since: maybe(moment)});

/** Reads tables, their counters and when autovacuum acts on them. */
export const tablesReader: PartReader<'tables'> = {
  part: 'tables',
  async read(ask) {
    const tables = await ask.rows(tablesSql(ask.server.versionNumber), [], TableRow);
    if (!tables.ok) return tables;
    const rows = await withTableBloat(ask, tables.value);
    if (!rows.ok) return rows;
    const partitioned = await ask.rows(partitionedSql, [], PartitionedTable);
    if (!partitioned.ok) return partitioned;
    const counters = await ask.rows(tableCountersSql, [], Counters);
    if (!counters.ok) return counters;
    const [{autovacuum, since} = {autovacuum: true, since: undefined}] = counters.value;
    const value = {
      rows: rows.value,
      partitioned: partitioned.value,
      autovacuum,
      ...(since === undefined ? {} : {since}),
    };
    return ok({
      kind: 'read' as const,
      value,
      gaps: gapsOf(rows.value),
    });
  },
};

function gapsOf(rows: readonly TableRow[]): readonly string[] {
  const estimated = rows.filter(row => row.estimated === true).length;
  if (estimated === 0) return [];
  const which =
    rows.length > manyTables
      ? `${counted(estimated, 'small table')}, because there are so many`
      : `${counted(estimated, 'table')} under an ACCESS EXCLUSIVE lock`;
  return [`${which}: their sizes are those of the last VACUUM.`];
}
