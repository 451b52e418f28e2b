import {defineCheck} from '../check.ts';
import {
  excerpt,
  explainActions,
  isMaintenance,
  statementEvidence,
  statementSubject,
} from '../statement-words.ts';
import {msWords, sinceWords} from '../words.ts';

/** Calls, for a mean to mean something. */
const enough = 20;
/** ms: somebody waited. */
const long = 1000;
/** Times the mean. */
const wide = 3;
/** ms in all. */
const noticeable = 5000;
const shown = 5;

export const check = defineCheck({
  id: 'statement-variance',
  area: 'queries',
  title: 'Statements that are fast at times and slow at others',
  page: {
    looks:
      'The standard deviation of a statement is three times its mean or more, its slowest call took a second or more, and it ran 20 times and for 5 s at least. The first five are told.',
    silent: 'Statements that change the schema or maintain it.',
    sources: [
      'https://www.postgresql.org/docs/current/pgstatstatements.html',
      '`pg_stat_statements.stddev_exec_time`',
    ],
  },
  needs: ['statements'],
  look({statements}, {now}) {
    return statements.rows
      .filter(
        row =>
          row.calls >= enough &&
          row.maxMs >= long &&
          row.totalMs >= noticeable &&
          row.deviationMs >= wide * row.meanMs &&
          !isMaintenance(row),
      )
      .slice(0, shown)
      .map(row => ({
        severity: 'information',
        subject: statementSubject(row),
        what: `“${excerpt(row)}” takes ${msWords(row.meanMs)} on average and up to ${msWords(row.maxMs)}`,
        why: 'The same statement waits for locks at times, reads from disk at times, or gets a plan that suits some values and not others. Users remember the slow calls.',
        fix: 'Explain it with values that are rare and with values that are common, and compare. Switch log_lock_waits on to see waits for locks, and auto_explain to see the plans of slow calls.',
        evidence: [...statementEvidence(row, statements), sinceWords(statements.resetAt, now)],
        actions: explainActions(row),
      }));
  },
});
