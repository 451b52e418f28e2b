import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {TableRow} from '../parts/tables.ts';
import {setOptions} from '../table-options.ts';
import {digits, percent, shortName, sinceWords} from '../words.ts';

/** Below, a share of the rows is a number of rows that VACUUM removes in seconds. */
const large = 10_000_000;
/** Share of the rows that may be dead before autovacuum comes. */
const late = 0.1;
/** Dead rows at which VACUUM should come to a large table, and as much of them as a VACUUM handles soon. */
const wanted = 1_000_000;
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
  look({tables}, {now}) {
    return tables.rows.flatMap(row => {
      const {rows = 0, vacuumAt, updated, deleted, kind} = row;
      if (kind === 'toast' || vacuumAt === undefined || rows < large || vacuumAt < late * rows) return [];
      return updated + deleted < few ? [] : [findingOf(row, rows, vacuumAt, sinceWords(tables.since, now))];
    });
  },
});

function findingOf(row: TableRow, rows: number, vacuumAt: number, since: string): Found {
  const factor = Math.max(0.001, Number((wanted / rows).toPrecision(1)));
  return {
    severity: 'information',
    subject: {kind: 'table', schema: row.schema, name: row.name},
    what: `Autovacuum comes to ${shortName(row)} only at ${digits(vacuumAt)} dead rows`,
    why: `The threshold is a share of the rows, and ${percent(vacuumAt / rows)} of ${digits(rows)} is much. Until then queries read the dead rows, index-only scans go to the table, and then one long VACUUM does everything.`,
    fix: 'Give the table a smaller scale factor, so that VACUUM comes more often and has less to do. ALTER TABLE … SET takes no lock that reads or writes wait for.',
    evidence: [
      `The table was updated ${digits(row.updated)} and deleted from ${digits(row.deleted)} times; ${digits(row.dead)} rows are dead now.`,
      since,
    ],
    actions: [
      {
        kind: 'migration',
        title: `Let autovacuum come to ${shortName(row)} sooner`,
        migrations: [
          {
            title: `autovacuum settings of ${row.name}`,
            ...setOptions(row, {
              autovacuum_vacuum_scale_factor: String(factor),
              autovacuum_analyze_scale_factor: String(factor),
            }),
          },
        ],
      },
    ],
  };
}
