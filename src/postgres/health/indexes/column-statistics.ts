import {amount, flag, maybe, record, text} from '../../../core/health/shape.ts';
import {ok, type Outcome} from '../../../core/outcome.ts';
import type {ColumnStatistics} from '../../../core/health/parts/indexes.ts';
import type {Ask} from '../reader.ts';
import {columnStatisticsSql} from '../sql/index-parts.ts';
import type {KnownColumns} from './columns.ts';
import type {RawTable} from './raw.ts';

/** What a column holds matters little in a smaller table. */
const leastRows = 1000;
/** Of so many tables, the largest first: the server looks up a privilege for each column. */
const mostTables = 2000;

const RawStatistics = record({
  schema: text,
  table: text,
  column: text,
  inherited: maybe(flag),
  nulls: amount,
  distinct: amount,
  mostCommon: maybe(amount),
  commonest: maybe(text),
  correlation: maybe(amount),
  width: amount,
});

/** Reads the planner's statistics of the columns that indexes of larger tables have. */
export async function readColumnStatistics(
  ask: Ask,
  tables: readonly RawTable[],
  columns: KnownColumns,
): Promise<Outcome<readonly ColumnStatistics[]>> {
  const wanted = tables
    .filter(({oid, kind, rows = 0}) => columns.has(oid) && (kind === 'p' || rows >= leastRows))
    .toSorted((a, b) => (b.rows ?? Infinity) - (a.rows ?? Infinity))
    .slice(0, mostTables);
  if (wanted.length === 0) return ok([]);
  const names = new Set(wanted.flatMap(({oid}) => namesOf(columns, oid)));
  const params = [[...new Set(wanted.map(({schema}) => schema))], wanted.map(({name}) => name), [...names]];
  const rows = await ask.rows(columnStatisticsSql, params, RawStatistics);
  if (!rows.ok) return rows;
  const byName = new Map(wanted.map(table => [`${table.schema}\u0000${table.name}`, table]));
  return ok(
    rows.value.flatMap(({schema, table: name, column: of, inherited = false, ...statistics}) => {
      const table = byName.get(`${schema}\u0000${name}`);
      if (!table || inherited !== (table.kind === 'p')) return [];
      const column = numberOf(columns, table.oid, of);
      return column === undefined ? [] : [{tableOid: table.oid, column, name: of, ...statistics}];
    }),
  );
}

function namesOf(columns: KnownColumns, table: number): readonly string[] {
  return [...(columns.get(table)?.values() ?? [])].map(({name}) => name);
}

function numberOf(columns: KnownColumns, table: number, name: string): number | undefined {
  return [...(columns.get(table)?.values() ?? [])].find(column => column.name === name)?.number;
}
