import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import {countedSince, perDay} from '../time.ts';
import {msWords, sinceWords} from '../words.ts';

/** In a day. One now and then is retried and forgotten; one in each hour is a fault in a program. */
const tellFrom = 1;
const warnFrom = 24;
/** Fewer say nothing about how often it happens. */
const fewest = 5;

export const check = defineCheck({
  id: 'deadlocks',
  area: 'locks',
  title: 'Transactions that wait for each other',
  page: {
    looks: `Deadlocks since the counters were reset: told from ${tellFrom} a day on, as a warning from ${warnFrom} a day on, and when one
happened between two looks.`,
    silent: `When there were fewer than ${fewest}, or the counters do not count for an hour yet, and none happens now.`,
    sources: [
      'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS',
      '`pg_stat_database.deadlocks` (14–18)',
    ],
  },
  needs: ['database', 'sessions'],
  look({database, sessions: {deadlockTimeout}}, context) {
    const {now, rates} = context;
    const {deadlocks} = database.counters;
    const since = countedSince(database, context.part('writing'));
    const daily = deadlocks < fewest ? 0 : (perDay(deadlocks, since, now) ?? 0);
    const current = (rates?.deadlocks ?? 0) > 0;
    if (daily < tellFrom && !current) return [];
    return [
      {
        severity: current || daily >= warnFrom ? 'warning' : 'information',
        what: current
          ? 'Transactions are being ended because they wait for each other'
          : `${counted(deadlocks, 'transaction')} ${deadlocks === 1 ? 'was' : 'were'} ended because of a deadlock`,
        why: `Transactions that lock the same rows in different orders wait for each other. After ${msWords(deadlockTimeout)} the server ends one of them with SQLSTATE 40P01; the others have waited as long.`,
        fix: 'Let all programs lock rows in one order, such as that of the key (SELECT … ORDER BY id FOR UPDATE), and retry what fails with 40P01. The log of the server has the statements of both sides.',
        evidence: [sinceWords(since, now)],
        actions: [],
      },
    ];
  },
});
