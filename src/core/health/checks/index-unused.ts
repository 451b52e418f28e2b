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
  large,
  sizeEvidence,
} from '../indexes/words.ts';
import type {IndexedTable, IndexesPart, IndexRow} from '../parts/indexes.ts';
import {digits} from '../words.ts';

/** Days without a scan from which on it is told: a week holds what runs weekly. */
const leastDays = 7;
/** Days from which on it is convincing: a month holds what closes a month. */
const convincingDays = 30;
/** Days since the last scan after which an index that was once used counts as unused: a quarter, and what closes it. */
const forgottenDays = 100;
/** The planner reads a table of up to four pages as a whole, whatever indexes it has. */
const tinyBytes = 4 * 8192;

const day = 86_400_000;

export const check = defineCheck({
  id: 'index-unused',
  area: 'indexes',
  title: 'Indexes that no query uses',
  needs: ['indexes'],
  page: {
    looks: `Indexes without a scan since the counters began, when that is at least ${leastDays} days ago, and from PostgreSQL 16 on those whose last scan is ${forgottenDays} days old. A warning after ${convincingDays} days for an index of 10 MB or more, where no standby could use it.`,
    silent: `For primary keys, unique indexes and exclusion constraints (checks of uniqueness are not counted as scans), the replica identity, the last index that supports a foreign key, indexes of extensions, and partitions’ indexes, which are told once at the partitioned index. For tables of up to four pages, which the planner reads as a whole. On a standby, whose counters do not tell what the primary uses. When \`track_counts\` is off, and when nothing at all was scanned.`,
    sources: [
      'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW',
      'pg_stat_get_numscans; pg_stat_get_lastscan from 16; pg_stat_database.stats_reset',
    ],
  },
  *look({indexes: part}, context) {
    if (part.countersOff === true || context.part('server')?.standby === true || !anythingScanned(part))
      return;
    const {tables} = modelOf(part);
    const unused = expendable(part).filter(index => {
      const table = tables.get(index.tableOid);
      return (
        table !== undefined && table.bytes > tinyBytes && unusedDays(part, index, context.now) !== undefined
      );
    });
    for (const index of withoutLastSupports(part, unused)) yield finding(part, index, context.now);
  },
});

function anythingScanned({tables}: IndexesPart): boolean {
  return tables.some(({seqScans, indexScans}) => seqScans + indexScans > 0);
}

function unusedDays(part: IndexesPart, {scans, lastScan}: IndexRow, now: number): number | undefined {
  const counted = countedDays(part, now) ?? 0;
  if (scans === 0) return counted >= leastDays ? counted : undefined;
  const ago = lastScan === undefined ? 0 : Math.floor((now - lastScan) / day);
  return ago >= forgottenDays ? ago : undefined;
}

function finding(part: IndexesPart, index: IndexRow, now: number): Found {
  const {name, bytes, scans} = index;
  const table = modelOf(part).tables.get(index.tableOid);
  const days = unusedDays(part, index, now) ?? 0;
  const convincing = days >= convincingDays && bytes >= large && part.standbys.length === 0;
  return {
    severity: convincing && scans === 0 ? 'warning' : 'information',
    subject: indexSubject(index),
    what: scans === 0 ? `${name} was not used in ${days} days` : `${name} was last used ${days} days ago`,
    why: whyOf(index, table),
    fix: fixOf(part),
    evidence: [
      `${keysOf(index)} had ${scans === 0 ? 'no scan' : `${digits(scans)} scans, the last one ${days} days ago`}.`,
      ...counterEvidence(part, now),
      sizeEvidence(index, part),
      ...servesOf(part, index),
    ],
    bytes,
    actions: [dropAction(part, index)],
  };
}

function whyOf({table}: IndexRow, counters: IndexedTable | undefined): string {
  const entries = counters ? entriesWritten(counters) : 0;
  const written =
    entries > 0 ? `Rows of ${table} that were written made ${digits(entries)} entries in it. ` : '';
  return `${written}Each INSERT, and each UPDATE that is not HOT, pays for every index of its table, VACUUM reads it, and it takes memory and disk that other data could have.`;
}

function fixOf({standbys}: IndexesPart): string {
  return standbys.length === 0
    ? 'Drop it, unless something that runs more rarely needs it.'
    : 'Look at its scans on the standbys, and drop it when there are none either.';
}
