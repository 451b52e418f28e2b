import {defineCheck} from '../check.ts';
import {endPrepared} from '../prepared.ts';
import {day, minute} from '../time.ts';
import {digits, msWords} from '../words.ts';

/** A transaction manager that is alive ends what it prepared within seconds. */
const warnFrom = 5 * minute;
/** Nobody is going to end it. */
const errorFrom = day;

export const check = defineCheck({
  id: 'prepared-transaction-old',
  area: 'locks',
  title: 'Prepared transactions that nobody ends',
  page: {
    looks: `Transactions that were prepared for a two-phase commit more than ${msWords(warnFrom)} ago; after ${msWords(errorFrom)} it is an error.
All databases of the server are looked at.`,
    silent: 'Younger ones: a transaction manager is at work.',
    sources: [
      'https://www.postgresql.org/docs/current/sql-prepare-transaction.html',
      '`pg_prepared_xacts` (14–18)',
    ],
  },
  needs: ['sessions'],
  look({sessions: {prepared}}, {now}) {
    return prepared
      .filter(({preparedAt}) => now - preparedAt > warnFrom)
      .map(one => ({
        severity: now - one.preparedAt > errorFrom ? 'error' : 'warning',
        subject: {kind: 'database', name: one.database},
        what: `The prepared transaction ${one.gid} has waited for its end for ${msWords(now - one.preparedAt)}`,
        why: 'It keeps its locks and holds back VACUUM, survives every restart of the server, and does so until somebody commits it or rolls it back.',
        fix: 'Ask the transaction manager what is to become of it, and run COMMIT PREPARED or ROLLBACK PREPARED in its database. Set max_prepared_transactions to 0 where no transaction manager is used.',
        evidence: [
          `It was prepared by ${one.owner} in ${one.database}.`,
          `${digits(one.age)} transactions began since.`,
        ],
        actions: [endPrepared(one)],
      }));
  },
});
