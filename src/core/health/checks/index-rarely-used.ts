import {formatBytes} from '../../catalog/format.ts';
import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {dropAction} from '../indexes/drop-migration.ts';
import {modelOf} from '../indexes/model.ts';
import {servesOf} from '../indexes/serves.ts';
import {expendable, withoutLastSupports} from '../indexes/unused.ts';
import {
  countedDays,
  counterEvidence,
  entriesWritten,
  indexSubject,
  keysOf,
  sizeEvidence,
} from '../indexes/words.ts';
import type {IndexedTable, IndexesPart, IndexRow} from '../parts/indexes.ts';
import {digits} from '../words.ts';

/** Below it an index costs too little to look into, however rarely it is used. */
const leastBytes = 32 * 1024 * 1024;
/** A week holds what runs weekly. */
const leastDays = 7;
/** Entries written for each scan: keeping so many sorted costs more than the scan of a table that is read so rarely. */
const entriesPerScan = 10_000;

export const check = defineCheck({
  id: 'index-rarely-used',
  area: 'indexes',
  title: 'Large indexes that are written much and read hardly ever',
  needs: ['indexes'],
  page: {
    looks: `Indexes of ${formatBytes(leastBytes)} or more that were scanned less than once a day in at least ${leastDays} days, and into which ${digits(entriesPerScan)} or more entries were written for each scan.`,
    silent:
      'For whatever serves more than queries: constraints, unique indexes, the replica identity, the last index that supports a foreign key. On a standby, and when `track_counts` is off.',
    sources: [
      'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW',
      'https://www.postgresql.org/docs/current/storage-hot.html',
    ],
  },
  look({indexes: part}, context) {
    const days = countedDays(part, context.now) ?? 0;
    if (part.countersOff === true || context.part('server')?.standby === true || days < leastDays) return [];
    const {tables} = modelOf(part);
    const rare = expendable(part).filter(index => {
      const table = tables.get(index.tableOid);
      return table !== undefined && isRare(index, table, days);
    });
    return withoutLastSupports(part, rare).map(index => finding(part, index, context.now));
  },
});

function isRare({bytes, scans}: IndexRow, table: IndexedTable, days: number): boolean {
  return bytes >= leastBytes && scans > 0 && scans < days && entriesWritten(table) >= scans * entriesPerScan;
}

function finding(part: IndexesPart, index: IndexRow, now: number): Found {
  const {name, bytes, scans} = index;
  const table = modelOf(part).tables.get(index.tableOid);
  const entries = table ? entriesWritten(table) : 0;
  const times = counted(scans, 'time');
  return {
    severity: 'information',
    subject: indexSubject(index),
    what: `${name} was used ${times} in ${countedDays(part, now) ?? 0} days and written ${digits(entries)} times`,
    why: `Writes pay for it ${digits(entries / scans)} times for each scan that it serves, and it takes ${formatBytes(bytes)}.`,
    fix: 'Find out what uses it, and drop it when that can wait for a scan of the table, or index only the rows that it looks for with WHERE.',
    evidence: [
      `${keysOf(index)} had ${counted(scans, 'scan')}, which read ${digits(index.tuplesRead)} entries.`,
      ...counterEvidence(part, now),
      sizeEvidence(index, part),
      ...servesOf(part, index),
    ],
    bytes,
    actions: [dropAction(part, index)],
  };
}
