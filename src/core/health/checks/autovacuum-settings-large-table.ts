import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {TableRow} from '../parts/tables.ts';
import {groupTables, sumOf, type TableGroup} from '../table-groups.ts';
import {setOptions} from '../table-options.ts';
import {digits, percent, sinceWords} from '../words.ts';

/** Below, a share of the rows is a number of rows that VACUUM removes in seconds. */
const large = 10_000_000;
/** Share of the rows that may be dead before autovacuum comes. */
const late = 0.1;
/** Dead rows at which VACUUM should come to a large table, and as much of them as a VACUUM handles soon. */
const wanted = 1_000_000;
/** With more, the smallest of the large tables would be told again. */
const most = 0.05;
/** Fewer rows updated and deleted since the counters began leave nothing worth a VACUUM. */
const few = 10_000;

export const check = defineCheck({
  id: 'autovacuum-settings-large-table',
  area: 'vacuum',
  title: 'Large tables that autovacuum comes to too late',
  page: {
    looks:
      'A table of 10 million rows and more is vacuumed only when a tenth of its rows or more are dead, by the settings that hold for it, and its rows are updated or deleted.',
    silent:
      'Tables that are only inserted into, and tables with settings of their own that are lower. From 18, `autovacuum_vacuum_max_threshold` counts.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM',
      'https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS',
      '`pg_class.reltuples`, `pg_class.reloptions`, `pg_settings`',
    ],
  },
  needs: ['tables'],
  look({tables}, context) {
    if (context.part('server')?.standby === true) return [];
    const since = sinceWords(tables.since, context.now);
    return groupTables(tables.rows.filter(comesLate)).map(group => findingOf(group, since));
  },
});

function comesLate({rows = 0, vacuumAt, updated, deleted, kind}: TableRow): boolean {
  if (kind === 'toast' || vacuumAt === undefined || rows < large || vacuumAt < late * rows) return false;
  return updated + deleted >= few;
}

function findingOf(group: TableGroup, since: string): Found {
  const {rows, title, subject} = group;
  const [largest] = rows;
  const {vacuumAt = 0, rows: count = 1} = largest;
  const factor = String(Math.min(most, Math.max(0.001, Number((wanted / count).toPrecision(1)))));
  const changes = rows.map(row =>
    setOptions(row, {autovacuum_vacuum_scale_factor: factor, autovacuum_analyze_scale_factor: factor}),
  );
  return {
    severity: 'information',
    subject,
    what: `Autovacuum comes to ${title} only at ${digits(vacuumAt)} dead rows${rows.length > 1 ? ' and more' : ''}`,
    why: `The threshold is a share of the rows, and ${percent(vacuumAt / count)} of ${digits(count)} is much. Until then queries read the dead rows, index-only scans go to the table, and then one long VACUUM does everything.`,
    fix: 'Set a smaller scale factor, so that VACUUM comes more often and has less to do. ALTER TABLE … SET takes no lock that reads or writes wait for.',
    evidence: [
      `${digits(sumOf(group, row => row.updated))} rows were updated and ${digits(sumOf(group, row => row.deleted))} deleted; ${digits(sumOf(group, row => row.dead))} are dead now.`,
      since,
    ],
    actions: [
      {
        kind: 'migration',
        title: `Let autovacuum come to ${title} sooner`,
        migrations: [
          {
            title: `autovacuum settings of ${title}`,
            up: changes.map(({up}) => up).join('\n'),
            down: changes.map(({down}) => down).join('\n'),
          },
        ],
      },
    ],
  };
}
