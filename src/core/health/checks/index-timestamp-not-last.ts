import {enumerated} from '../../words.ts';
import {defineCheck} from '../check.ts';
import {distinctValues, statisticsOf} from '../design/column-statistics.ts';
import {replaceIndexMigrations} from '../design/replace-index.ts';
import type {Found} from '../finding.ts';
import {modelOf, type IndexModel} from '../indexes/model.ts';
import {servesOf} from '../indexes/serves.ts';
import {expendable} from '../indexes/unused.ts';
import {indexSubject, keysOf, sizeEvidence} from '../indexes/words.ts';
import type {IndexesPart, IndexKey, IndexRow} from '../parts/indexes.ts';
import {digits} from '../words.ts';

/** Below it the order of the columns saves a few pages. */
const leastRows = 10_000;
/** A column with fewer different values is compared with =, as a day or a status is. */
const leastValues = 1000;
/** A scan that reads fewer entries took the first rows of an order, or a short range. */
const fewEntries = 100;

export const check = defineCheck({
  id: 'index-timestamp-not-last',
  area: 'indexes',
  title: 'Indexes with a timestamp before other columns',
  needs: ['indexes'],
  page: {
    looks: `Btree indexes of tables of ${digits(leastRows)} rows or more in which a column of type \`timestamp\`, with ${digits(leastValues)} different values or more, stands before another column.`,
    silent: `When what follows is the primary key, which only makes the order unambiguous, as for paging; when scans read fewer than ${fewEntries} entries on average; for unique indexes and constraints; for \`date\`, which is often compared with =; and for statistics that this role may not see.`,
    sources: [
      'https://www.postgresql.org/docs/current/indexes-multicolumn.html',
      'pg_index, pg_stats.n_distinct',
    ],
  },
  look({indexes: part}) {
    const model = modelOf(part);
    return expendable(part).flatMap(index => found(part, model, index));
  },
});

function found(part: IndexesPart, model: IndexModel, index: IndexRow): readonly Found[] {
  const rows = model.tables.get(index.tableOid)?.rows ?? 0;
  const at = index.keys.findIndex(key => isTime(key) && manyValues(part, index, key, rows));
  const [time, after] = [index.keys[at], index.keys.slice(at + 1)];
  if (index.method !== 'btree' || rows < leastRows || !time || after.length === 0) return [];
  if (after.every(key => isTime(key)) || isTieBreak(model, index, after) || readsFew(index)) return [];
  const others = enumerated(after.map(({text}) => text));
  const keys = [...index.keys.slice(0, at), ...after, time];
  return [
    {
      severity: 'information',
      subject: indexSubject(index),
      what: `${index.name} has the timestamp ${time.text} before ${others}`,
      why: `A range of ${time.text} is all that the index can narrow down: within it every entry is read, whatever is asked of ${others}. With ${time.text} last, a query for one value of ${others} and a range of time reads only its own rows.`,
      fix: `Put ${time.text} last. Keep the present index as well when queries ask for a range of time alone.`,
      evidence: [
        `${keysOf(index)}.`,
        index.scans === 0
          ? 'It was not used since the counters began.'
          : `It had ${digits(index.scans)} scans, which read ${digits(index.tuplesRead / index.scans)} entries each.`,
        sizeEvidence(index, part),
        ...servesOf(part, index),
      ],
      actions: [
        {
          kind: 'migration',
          title: `Replace ${index.name} with an index that has ${time.text} last`,
          migrations: replaceIndexMigrations(part, index, {keys}, 'time_last'),
        },
      ],
    },
  ];
}

function isTime({type = '', column}: IndexKey): boolean {
  return column !== undefined && type.startsWith('timestamp');
}

function manyValues(part: IndexesPart, {tableOid}: IndexRow, {column}: IndexKey, rows: number): boolean {
  const statistics = column === undefined ? undefined : statisticsOf(part, tableOid, column);
  return statistics !== undefined && distinctValues(statistics, rows) >= leastValues;
}

/** The primary key behind a timestamp makes the order of equal ones certain. */
function isTieBreak(model: IndexModel, {tableOid}: IndexRow, after: readonly IndexKey[]): boolean {
  const primary = (model.ofTable.get(tableOid) ?? []).find(
    ({constraint}) => constraint?.kind === 'primary-key',
  );
  const columns = primary?.keys.map(({column}) => column) ?? [];
  return columns.length > 0 && after.every(({column}) => columns.includes(column));
}

function readsFew({scans, tuplesRead}: IndexRow): boolean {
  return scans > 0 && tuplesRead / scans < fewEntries;
}
