import {formatBytes} from '../../catalog/format.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import type {Found} from '../finding.ts';
import type {TableRow} from '../parts/tables.ts';
import {holdersOf} from '../holders.ts';
import {groupTables, sumOf, type TableGroup} from '../table-groups.ts';
import {digits, momentWords, percent} from '../words.ts';

/** Fewer are cleaned up in no time. */
const many = 10_000;
/** Times the threshold at which autovacuum should have come; it comes once a minute. */
const behind = 2;
/** Of all rows; a table below is hardly slower to read. */
const share = 0.1;
/** Transactions: an xmin that old keeps what died since from being removed. */
const held = 1000;

export const check = defineCheck({
  id: 'table-dead-rows',
  area: 'vacuum',
  title: 'Autovacuum does not keep up',
  page: {
    looks:
      'A table has more than 10,000 dead rows, a tenth of all its rows or more, and twice as many as should have called autovacuum by the settings that hold for it. It says what holds autovacuum back where that can be seen.',
    silent: 'Tables that autovacuum is switched off for, which has a check of its own.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM',
      '`pg_stat_all_tables`, `pg_class.reloptions`, `pg_settings`',
    ],
  },
  needs: ['tables'],
  look({tables}, context) {
    const holder = holderOf(context);
    return groupTables(tables.rows.filter(isBehind)).map(group => findingOf(group, holder));
  },
});

function isBehind({dead, live, vacuumAt}: TableRow): boolean {
  return vacuumAt !== undefined && dead >= many && dead >= behind * vacuumAt && dead >= share * (live + dead);
}

function findingOf(group: TableGroup, holder: string | undefined): Found {
  const {rows, title, subject} = group;
  const [first] = rows;
  const dead = sumOf(group, row => row.dead);
  return {
    severity: 'warning',
    subject,
    what: `${digits(dead)} rows of ${title} are dead, ${percent(dead / (dead + sumOf(group, ({live}) => live)))} of it`,
    why: `Each scan reads them and each index points to them. Autovacuum should have come at ${digits(first.vacuumAt ?? 0)}. ${holder ?? 'Its workers are too few or too slow, are ended by locks again and again, or something keeps the rows visible.'}`,
    fix: holder
      ? 'End what keeps the rows first: until then no VACUUM removes them. Then run VACUUM.'
      : 'Run VACUUM, and look at its output: it says how many rows are dead and cannot be removed yet. Where autovacuum is only slow, raise autovacuum_vacuum_cost_limit for the table or the server.',
    evidence: [
      `${formatBytes(sumOf(group, row => row.bytes))} with indexes.`,
      `Last autovacuum${rows.length > 1 ? ' of the largest' : ''}: ${momentWords(first.lastAutovacuum)}; last VACUUM: ${momentWords(first.lastVacuum)}.`,
      'Dead rows are counted as they die, and corrected by each VACUUM and ANALYZE.',
    ],
    actions: rows.slice(0, 3).map(row => {
      const {schema, name} = row.main ?? row;
      return {kind: 'maintain', command: 'vacuum', object: {schema, name}};
    }),
  };
}

/** What keeps VACUUM from removing what died lately, in a sentence. */
function holderOf(context: CheckContext): string | undefined {
  const [oldest] = holdersOf(
    context.part('sessions'),
    context.part('replication'),
    context.part('server')?.database,
  ).filter(({catalogsOnly}) => catalogsOnly !== true);
  if (oldest === undefined || oldest.age < held) return undefined;
  return `${oldest.who} keeps what died in the last ${digits(oldest.age)} transactions.`;
}
