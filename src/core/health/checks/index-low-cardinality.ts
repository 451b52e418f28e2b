import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import {distinctValues, statisticsOf} from '../design/column-statistics.ts';
import {replaceIndexMigrations} from '../design/replace-index.ts';
import type {Action, Found} from '../finding.ts';
import {dropIndexMigrations} from '../indexes/drop-migration.ts';
import {expendable, withoutLastSupports} from '../indexes/unused.ts';
import {countedDays, counterEvidence, indexSubject, keysOf, sizeEvidence} from '../indexes/words.ts';
import {modelOf} from '../indexes/model.ts';
import {literal} from '../indexes/server-quote.ts';
import type {ColumnStatistics, IndexesPart, IndexKey, IndexRow} from '../parts/indexes.ts';
import {digits, percent} from '../words.ts';

/** Below it the planner reads the table as a whole in a few milliseconds, whatever there is. */
const leastRows = 100_000;
/** A value in a tenth of the rows is in nearly every page, so the table is read faster without an index. */
const mostValues = 10;
/** What is left beside the most common value: an index of only these rows is a tenth of it. */
const rare = 0.1;
/** A scan that reads less than this share of the entries looked for something rare, or needed only the first rows. */
const smallShare = 0.05;
/** In rows that lie in the order of the column, one value is in few pages. */
const inOrder = 0.9;
/** From then on an index without any scan is told by another check. */
const unusedDays = 7;

export const check = defineCheck({
  id: 'index-low-cardinality',
  area: 'indexes',
  title: 'Indexes on a column with a handful of values',
  needs: ['indexes'],
  page: {
    looks: `Indexes on a single column, boolean ones included, with at most ${mostValues} different values in a table of ${digits(leastRows)} rows or more, as of the planner's statistics. When one value has ${percent(1 - rare)} of the rows or more, an index of the others alone is proposed.`,
    silent: `When the scans that there were read less than ${percent(smallShare)} of the entries each, so that the index finds what is rare, or needed no rows of the table, as counting does; when the rows lie in the column's order; for unique and partial indexes, for the last index that supports a foreign key; and for an index that was not used in ${unusedDays} days, which \`index-unused\` tells.`,
    sources: [
      'https://www.postgresql.org/docs/current/indexes-partial.html',
      'pg_stats.n_distinct, most_common_freqs, correlation',
    ],
  },
  look: ({indexes: part}, {now}) =>
    withoutLastSupports(
      part,
      expendable(part).filter(index => kindOf(part, index, now) !== undefined),
    ).flatMap(index => found(part, index, now)),
});

interface Few {
  readonly statistics: ColumnStatistics;
  readonly values: number;
  readonly rows: number;
  /** Of the rows, those with neither the most common value nor NULL; undefined when no value stands out. */
  readonly others?: number;
}

function kindOf(part: IndexesPart, index: IndexRow, now: number): Few | undefined {
  const {keys, include, predicate, method, tableOid, scans} = index;
  const [key, second] = keys;
  const rows = modelOf(part).tables.get(tableOid)?.rows ?? 0;
  const isSimple = second === undefined && include.length === 0 && predicate === undefined;
  if (!isSimple || key?.column === undefined || rows < leastRows) return undefined;
  if (method !== 'btree' && method !== 'hash') return undefined;
  const statistics = statisticsOf(part, tableOid, key.column);
  if (!statistics) return undefined;
  const values = Math.round(distinctValues(statistics, rows));
  if (values < 1 || values > mostValues) return undefined;
  if (scans === 0 && (countedDays(part, now) ?? 0) >= unusedDays) return undefined;
  const others = 1 - (statistics.mostCommon ?? 0) - statistics.nulls;
  if (values > 1 && others > 0 && others <= rare && statistics.nulls <= rare)
    return {statistics, values, rows, others};
  if (Math.abs(statistics.correlation ?? 0) >= inOrder) return undefined;
  return others <= rare || isWorthIt(index, rows) ? undefined : {statistics, values, rows};
}

/** Scans that read few entries, or no rows of the table because the entries are all they need, are what an index is for. */
function isWorthIt({scans, tuplesRead, tuplesFetched}: IndexRow, rows: number): boolean {
  return scans > 0 && (tuplesRead / scans < smallShare * rows || tuplesFetched < tuplesRead / 2);
}

function found(part: IndexesPart, index: IndexRow, now: number): readonly Found[] {
  const few = kindOf(part, index, now);
  const [key] = index.keys;
  if (!few || !key) return [];
  const {others, values, rows} = few;
  const each = (1 - few.statistics.nulls) / values;
  const freed = Math.round(index.bytes * (others === undefined ? 1 : 1 - others));
  return [
    {
      severity: 'information',
      subject: indexSubject(index),
      what:
        others === undefined
          ? `${index.name} tells ${counted(values, 'value')} apart in ${digits(rows)} rows`
          : `${index.name} holds one value in ${percent(few.statistics.mostCommon ?? 0)} of its entries`,
      why:
        others === undefined
          ? `Each value has about ${percent(each)} of the rows, which are in nearly all pages, so reading the table is as fast as reading it by the index. Every new row pays for an entry.`
          : `No query for that value gains from the index, because nearly all pages have it. Only the other ${percent(others)} are found by it.`,
      fix:
        others === undefined
          ? `Drop it if nothing but a filter on ${key.text} alone would use it, or put ${key.text} into an index with the columns that the same queries ask for.`
          : `Index only the rare values, ${condition(key, few)}, and drop this index.`,
      evidence: [
        `${keysOf(index)}: ${counted(values, 'different value')} as of the last ANALYZE.`,
        usageOf(index),
        ...counterEvidence(part, now),
        sizeEvidence(index, part),
      ],
      bytes: freed,
      actions: [actionOf(part, index, few)],
    },
  ];
}

function usageOf({scans, tuplesRead}: IndexRow): string {
  return scans === 0
    ? 'It was not used since the counters began.'
    : `It had ${digits(scans)} scans, which read ${digits(tuplesRead / scans)} entries each.`;
}

function actionOf(part: IndexesPart, index: IndexRow, {others, statistics}: Few): Action {
  const [key] = index.keys;
  const {commonest} = statistics;
  if (others === undefined || !key || commonest === undefined) {
    const title = `Drop the index ${index.name}`;
    return {kind: 'migration', title, migrations: dropIndexMigrations(part, index)};
  }
  const title = `Replace ${index.name} with an index of the rare values`;
  const predicate = isNot(key, commonest);
  return {kind: 'migration', title, migrations: replaceIndexMigrations(part, index, {predicate}, 'rare')};
}

function condition(key: IndexKey, {statistics: {commonest}}: Few): string {
  return commonest === undefined
    ? `with WHERE ${key.text} <> the common one`
    : `with WHERE ${isNot(key, commonest)}`;
}

function isNot({text, type}: IndexKey, value: string): string {
  if (type === 'boolean') return value === 't' ? `(NOT ${text})` : text;
  return `(${text} <> ${literal(value)})`;
}
