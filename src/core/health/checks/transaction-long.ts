import {defineCheck} from '../check.ts';
import type {SessionRow} from '../parts/sessions.ts';
import {runsWhat, whoIs} from '../session-words.ts';
import {hour} from '../time.ts';
import {digits, msWords} from '../words.ts';

/** Requests and jobs of an hour are rare enough to be worth a look; those of a night are a problem for VACUUM anywhere. */
const tellFrom = hour;
const warnFrom = 8 * hour;
const most = 5;

export const check = defineCheck({
  id: 'transaction-long',
  area: 'locks',
  title: 'Transactions that run for hours',
  page: {
    looks: `Transactions of client sessions that are open for more than ${msWords(tellFrom)} and not idle. From ${msWords(warnFrom)} on it is a
warning. The ${most} longest are told.`,
    silent:
      'Sessions that are idle in their transaction, which have a check of their own; autovacuum, walsenders, and the commands that do not hold back others although they run long: VACUUM.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html',
      '`pg_stat_activity.xact_start` (14–18)',
    ],
  },
  needs: ['sessions'],
  look({sessions: {rows}}, {now}) {
    const long = rows
      .filter(row => isLong(row, now))
      .toSorted((a, b) => (a.transactionAt ?? now) - (b.transactionAt ?? now));
    return long.slice(0, most).map(row => {
      const ms = now - (row.transactionAt ?? now);
      return {
        severity: ms > warnFrom ? 'warning' : 'information',
        subject: {kind: 'session', pid: row.pid},
        what: `The transaction of ${whoIs(row)} has been open for ${msWords(ms)}`,
        why: 'VACUUM removes no row that died since its snapshot was taken, so tables and indexes grow meanwhile, and all locks that it has taken stay until its end.',
        fix: 'Let it finish if it is a dump or a report that has to run. Split work that need not be one transaction, and read reports from a standby.',
        evidence: [
          ...(row.xminAge === undefined
            ? []
            : [`It keeps rows of the last ${digits(row.xminAge)} transactions.`]),
          ...runsWhat(row),
          ...(long.length > most ? [`${long.length} transactions are open for that long.`] : []),
        ],
        actions: [{kind: 'show-session', pid: row.pid}],
      };
    });
  },
});

function isLong(row: SessionRow, now: number): boolean {
  if (row.own || row.kind !== 'client backend' || row.transactionAt === undefined) return false;
  if (row.state?.startsWith('idle in transaction') === true) return false;
  return now - row.transactionAt > tellFrom && !/^\s*vacuum\b/i.test(row.query ?? '');
}
