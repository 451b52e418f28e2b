import {formatBytes} from '../../catalog/format.ts';
import {enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found, Severity} from '../finding.ts';
import {createIndexMigrations} from '../indexes/create-migration.ts';
import {unsupportedTables, wantsSupport} from '../indexes/foreign-key-support.ts';
import {modelOf, type IndexModel} from '../indexes/model.ts';
import {counterEvidence, rowsOf} from '../indexes/words.ts';
import type {ForeignKeyRow, IndexedTable, IndexesPart} from '../parts/indexes.ts';
import {digits} from '../words.ts';

/** Rows from which on reading the whole table for each row deleted elsewhere is felt, when rows are deleted. */
const manyRows = 10_000;
/** Rows from which on a single delete takes seconds, so that it is told before the first one. */
const veryManyRows = 1_000_000;

export const check = defineCheck({
  id: 'foreign-key-without-index',
  area: 'indexes',
  title: 'Foreign keys that no index supports',
  needs: ['indexes'],
  page: {
    looks: `Foreign keys whose columns, in any order, are not the leading columns of a valid btree or hash index without a predicate, or with one that only leaves out NULLs. A warning from ${digits(manyRows)} rows on where rows of the referenced table were deleted, and from ${digits(veryManyRows)} rows on; information otherwise. Of a partitioned table it is told once, with the partitions that lack one.`,
    silent:
      'For keys that are NOT ENFORCED, and for temporal ones, which are looked up by ranges. BRIN, GIN and GiST indexes, columns of INCLUDE, invalid indexes, and those with any other predicate do not count.',
    sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  },
  look({indexes: part}, {now}) {
    const model = modelOf(part);
    const wanted = new Set<string>();
    return part.foreignKeys.flatMap(key => {
      const table = model.tables.get(key.tableOid);
      if (!table || key.parent !== undefined || !wantsSupport(key) || table.extension !== undefined)
        return [];
      const lacking = unsupportedTables(model, key);
      // Two keys over the same columns want one index.
      const columns = `${key.tableOid} ${key.columns
        .map(({column}) => String(column))
        .toSorted()
        .join(' ')}`;
      if (lacking.length === 0 || wanted.has(columns)) return [];
      wanted.add(columns);
      return [finding(model, {key, table, lacking}, now)];
    });
  },
});

interface Lacking {
  readonly key: ForeignKeyRow;
  readonly table: IndexedTable;
  /** The table, or its partitions without an index. */
  readonly lacking: readonly IndexedTable[];
}

function finding(model: IndexModel, {key, table, lacking}: Lacking, now: number): Found {
  const {part} = model;
  const referenced = model.tables.get(key.referencesOid);
  const rows = lacking.reduce((sum, one) => sum + rowsOf(one), 0);
  const bytes = lacking.reduce((sum, one) => sum + one.bytes, 0);
  const columns = key.columns.map(({name}) => name);
  const place = `${table.name} (${columns.join(', ')})`;
  const migrations = createIndexMigrations(part, table, columns);
  return {
    severity: severityOf(rows, referenced?.deleted ?? 0),
    subject: {kind: 'constraint', schema: table.schema, table: table.name, name: key.name},
    what: `No index supports ${key.name} on ${place}${placesOf(table, lacking)}`,
    why: `Each DELETE of a row of ${key.referencesTable}, and each UPDATE of its key, reads all of ${lacking.length === 1 ? (lacking[0]?.name ?? table.name) : `these ${lacking.length} partitions`} (${digits(rows)} rows, ${formatBytes(bytes)}) to find rows that refer to it, and holds its locks so much longer.`,
    fix: `Create an index on ${place}.`,
    evidence: [...trafficOf(part, referenced, now), ...unfitOf(model, key)],
    actions: [{kind: 'migration', title: `Create an index on ${place}`, migrations}],
  };
}

function severityOf(rows: number, deleted: number): Severity {
  return rows >= veryManyRows || (rows >= manyRows && deleted > 0) ? 'warning' : 'information';
}

function placesOf({kind}: IndexedTable, lacking: readonly IndexedTable[]): string {
  if (kind !== 'partitioned-table' || lacking.length === 0) return '';
  return ` in ${enumeratedInShort(lacking.map(({name}) => name))}`;
}

function trafficOf(part: IndexesPart, referenced: IndexedTable | undefined, now: number): readonly string[] {
  if (!referenced) return [];
  const {name, deleted, updated} = referenced;
  return [
    `Rows of ${name} that were deleted: ${digits(deleted)}; updated: ${digits(updated)}.`,
    ...counterEvidence({...part, standbys: []}, now),
  ];
}

/** Indexes that hold the columns and do not help, so that nobody wonders. */
function unfitOf(model: IndexModel, {tableOid, columns}: ForeignKeyRow): readonly string[] {
  const holding = (model.ofTable.get(tableOid) ?? []).filter(({keys, include}) =>
    columns.every(({column, name}) => keys.some(key => key.column === column) || include.includes(name)),
  );
  if (holding.length === 0) return [];
  return [
    `${enumeratedInShort(holding.map(({name}) => name))} ${holding.length === 1 ? 'has' : 'have'} ${columns.length === 1 ? 'the column' : 'the columns'}, but not first, not for all rows, not valid, or with a method that does not find single rows.`,
  ];
}
