import {formatBytes} from '../../catalog/format.ts';
import {methodOf} from '../bloat/estimate.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import {measureAction} from '../design/storage-sql.ts';
import type {Action, Found} from '../finding.ts';
import {serverName} from '../indexes/server-quote.ts';
import type {Bloat} from '../parts/indexes.ts';
import type {TableRow} from '../parts/tables.ts';
import {digits, percent, shortName} from '../words.ts';

/** What a table that is updated and vacuumed keeps free for new rows; only more than that is out of proportion. */
const leastShare = 0.5;
/** Reading so much more takes a tenth of a second; writing the table anew is not worth less. */
const leastBytes = 32 * 1024 * 1024;
const warningBytes = 1024 * 1024 * 1024;
/** With so many dead rows VACUUM comes first: what is free is then told from what is dead. */
const manyDead = 0.1;

export const check = defineCheck({
  id: 'table-bloated',
  area: 'tables',
  title: 'Tables that are much larger than their rows',
  needs: ['tables'],
  page: {
    looks: `Tables and materialized views whose rows would fill less than half of them, by ${formatBytes(leastBytes)} or more; from ${formatBytes(warningBytes)} on it is a warning. What the rows would fill is estimated from their number, the width of their columns, alignment and the fillfactor.`,
    silent:
      'Tables that are up to half free, which new rows fill again; TOAST tables, whose rows have no statistics; tables below 1 MB, and those whose statistics are missing or not shown to this role.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY',
      'https://www.postgresql.org/docs/current/storage-page-layout.html',
      'https://www.postgresql.org/docs/current/pgstattuple.html',
      'pg_class, pg_stats, pg_stat_all_tables',
    ],
  },
  look: ({tables}, context) =>
    tables.rows.flatMap(table => {
      const {bloat} = table;
      const isWorthIt = bloat && bloat.share >= leastShare && bloat.bytes >= leastBytes;
      return isWorthIt ? [found(table, bloat, context)] : [];
    }),
});

function found(table: TableRow, bloat: Bloat, context: CheckContext): Found {
  const {schema, name, heapBytes, live, dead} = table;
  const isDead = dead > manyDead * (live + dead);
  return {
    severity: bloat.bytes >= warningBytes ? 'warning' : 'information',
    subject: {kind: 'table', schema, name},
    what: `${shortName(table)} is ${percent(bloat.share)} empty`,
    why: `Of ${formatBytes(heapBytes)} its rows would fill ${formatBytes(heapBytes - bloat.bytes)}. A scan of the table reads all of it, and so do backups. New rows use the free space, but no other table does.`,
    fix: isDead
      ? 'Run VACUUM first, because many rows are dead: their space is used again after it. Write the table anew only if it does not fill up.'
      : 'Leave it when the table fills up again. Otherwise write it anew: VACUUM FULL does it while nobody can read or write the table; pg_repack, an extension, does it with short locks. Both need room for the new copy.',
    evidence: [
      methodOf(bloat, 'pgstattuple_approx'),
      `It has about ${digits(live)} live and ${digits(dead)} dead rows, by the counters of the server.`,
      'TOAST and indexes are not part of these sizes.',
    ],
    bytes: bloat.bytes,
    actions: [...actionsOf(table, isDead), ...measureAction(context, table, 'table')],
  };
}

function actionsOf({schema, name}: TableRow, isDead: boolean): readonly Action[] {
  const vacuum: Action = {kind: 'maintain', command: 'vacuum', object: {schema, name}};
  const rewrite: Action = {
    kind: 'show-sql',
    title: 'Show how to write it anew',
    sql: `-- Nobody reads or writes the table meanwhile, and it needs room for a second copy.\nVACUUM (FULL, ANALYZE) ${serverName({schema, name})};`,
  };
  return isDead ? [vacuum, rewrite] : [rewrite];
}
