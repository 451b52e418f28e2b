import {ok, type Outcome} from '../../../core/outcome.ts';
import {rollUpIndexes, rollUpTables} from '../../../core/health/indexes/roll-up.ts';
import type {IndexesPart, IndexRow} from '../../../core/health/parts/indexes.ts';
import {each, inTurns} from '../../../core/turns.ts';
import {withIndexBloat} from '../bloat.ts';
import {readColumnStatistics} from '../indexes/column-statistics.ts';
import {readDeparsed} from '../indexes/deparse.ts';
import {toForeignKey} from '../indexes/foreign-keys.ts';
import {RawForeignKey, RawFrame, RawIndex, RawTable} from '../indexes/raw.ts';
import {toIndexRow, toTable, type Pieces} from '../indexes/rows.ts';
import {readVocabulary} from '../indexes/vocabulary.ts';
import type {Ask, PartReader, Read} from '../reader.ts';
import {foreignKeysSql} from '../sql/index-parts.ts';
import {frameSql, indexesSql, tablesSql} from '../sql/indexes.ts';

/** Up to so many indexes have exact sizes at once, which takes 30 µs each; of more they are asked for afterwards. */
const exactUpTo = 2000;

/** Reads everything about indexes in a few statements, whatever their number. */
export const indexesReader: PartReader<'indexes'> = {
  part: 'indexes',
  async read(ask) {
    const frame = await ask.rows(frameSql, [], RawFrame);
    if (!frame.ok) return frame;
    const [{indexes, ...about} = {indexes: 0, standbys: []}] = frame.value;
    const rows = await readRows(ask, indexes <= exactUpTo);
    if (!rows.ok) return rows;
    const {gaps, ...part} = rows.value;
    const value = {...part, ...about, exact: indexes <= exactUpTo};
    return ok({kind: 'read', value, gaps} satisfies Read<IndexesPart>);
  },
};

type Rows = Pick<IndexesPart, 'indexes' | 'tables' | 'foreignKeys' | 'columns'> & {
  readonly gaps: readonly string[];
};

async function readRows(ask: Ask, exact: boolean): Promise<Outcome<Rows>> {
  const {versionNumber} = ask.server;
  const tables = await ask.rows(tablesSql, [exact], RawTable);
  if (!tables.ok) return tables;
  const raw = await ask.rows(indexesSql(versionNumber), [exact], RawIndex);
  if (!raw.ok) return raw;
  const vocabulary = await readVocabulary(ask, raw.value);
  if (!vocabulary.ok) return vocabulary;
  const deparsed = await readDeparsed(ask, raw.value);
  if (!deparsed.ok) return deparsed;
  const keys = await ask.rows(foreignKeysSql(versionNumber), [], RawForeignKey);
  if (!keys.ok) return keys;
  const columns = await readColumnStatistics(ask, tables.value, vocabulary.value.columns);
  if (!columns.ok) return columns;
  const byOid = new Map(tables.value.map(table => [table.oid, table]));
  const pieces: Pieces = {tables: byOid, vocabulary: vocabulary.value, ...deparsed.value};
  const made: IndexRow[] = [];
  const making = each(raw.value.toSorted(byPlace), row => {
    const index = toIndexRow(row, pieces);
    if (index) made.push(index);
  });
  await inTurns(making, ask.pause);
  const rows = await withIndexBloat(ask, made);
  if (!rows.ok) return rows;
  await ask.pause();
  const indexes = rollUpIndexes(rows.value);
  await ask.pause();
  return ok({
    indexes,
    tables: tablesOf(tables.value, rows.value),
    foreignKeys: keys.value.flatMap(key => toForeignKey(key, byOid, vocabulary.value) ?? []),
    columns: columns.value,
    gaps: deparsed.value.gaps,
  });
}

/** The server would have to sort whole rows. */
function byPlace(a: RawIndex, b: RawIndex): number {
  if (a.table !== b.table) return a.table - b.table;
  return a.name < b.name ? -1 : 1;
}

function tablesOf(raw: readonly RawTable[], indexes: readonly IndexRow[]): IndexesPart['tables'] {
  const scans = new Map<number, number>();
  for (const index of indexes) scans.set(index.tableOid, (scans.get(index.tableOid) ?? 0) + index.scans);
  return rollUpTables(raw.map(table => toTable(table, scans.get(table.oid) ?? 0)));
}
