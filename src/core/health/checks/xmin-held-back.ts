import {defineCheck} from '../check.ts';
import type {Severity} from '../finding.ts';
import {holdersOf} from '../holders.ts';
import {digits} from '../words.ts';

/** Transactions since: on a busy server some hours, in which tables that are updated grow by what they hold. */
const warnFrom = 5_000_000;
/** At 200 million (autovacuum_freeze_max_age) VACUUM is forced on every table, and can freeze nothing. */
const errorFrom = 150_000_000;
const most = 3;

export const check = defineCheck({
  id: 'xmin-held-back',
  area: 'vacuum',
  title: 'Something keeps VACUUM from removing dead rows',
  page: {
    looks: `Finds who needs the oldest rows: open transactions that have a snapshot or have written, prepared transactions, replication slots, and standbys that
send feedback. Told from ${digits(warnFrom)} transactions on, as an error from ${digits(errorFrom)} on. At most ${most} are named, the oldest
first.`,
    silent:
      'Sessions and prepared transactions of other databases, which hold back only what is shared, and other runs of VACUUM.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND',
      '`pg_stat_activity.backend_xmin` and `backend_xid`, `pg_prepared_xacts`, `pg_replication_slots.xmin` and `catalog_xmin` (14–18)',
    ],
  },
  needs: ['sessions', 'server'],
  look({sessions, server}, context) {
    return holdersOf(sessions, context.part('replication'), server.database)
      .filter(({age}) => age >= warnFrom)
      .slice(0, most)
      .map(({age, who, fix, subject, actions}) => ({
        severity: severityOf(age),
        ...(subject === undefined ? {} : {subject}),
        what: `${who} keeps VACUUM from removing what died in the last ${digits(age)} transactions`,
        why: 'Each UPDATE and DELETE leaves a dead row, which VACUUM may not remove while somebody could still see it: tables and indexes grow, and scans read what nobody needs.',
        fix,
        evidence: ['Another one that is nearly as old takes its place when this one has ended.'],
        actions,
      }));
  },
});

function severityOf(age: number): Severity {
  return age >= errorFrom ? 'error' : 'warning';
}
