import {capital} from '../../schema/compare/words.ts';
import {defineCheck} from '../check.ts';
import type {SessionRow} from '../parts/sessions.ts';
import {runsWhat, whoIs} from '../session-words.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {minute} from '../time.ts';
import {msWords} from '../words.ts';

/** No program that works holds a transaction open for so long without a statement. */
const idleFor = 5 * minute;
/** More would fill the list; the last one says how many there are. */
const most = 5;

export const check = defineCheck({
  id: 'session-idle-in-transaction',
  area: 'locks',
  title: 'Sessions idle in a transaction',
  page: {
    looks: `Sessions in the state \`idle in transaction\`, also the aborted ones, for more than ${msWords(idleFor)}. The ${most} that
have been so for the longest are told one by one.`,
    silent:
      'Shorter pauses, as between the statements of a program, and sessions that this role may not see.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT',
      '`pg_stat_activity.state` and `state_change` (14–18)',
    ],
  },
  needs: ['sessions'],
  look({sessions: {rows}}, {now}) {
    const idle = rows
      .filter(row => row.state?.startsWith('idle in transaction') === true && idleMs(row, now) > idleFor)
      .toSorted((a, b) => idleMs(b, now) - idleMs(a, now));
    return idle.slice(0, most).map(row => ({
      severity: 'warning',
      subject: {kind: 'session', pid: row.pid},
      what: `${capital(whoIs(row))} has been idle in a transaction for ${msWords(idleMs(row, now))}`,
      why: `Whatever its transaction has locked stays locked, ${row.xminAge === undefined ? 'and what it has only read cannot be altered or dropped' : 'and VACUUM can remove no row that died since it began, in any table of the database'}. It may be a program that forgot to commit, or one that hangs.`,
      fix: 'End the session, and find in the program where it waits for something else inside of a transaction. Limit it with idle_in_transaction_session_timeout.',
      evidence: [
        ...(row.transactionAt === undefined
          ? []
          : [`Its transaction is open for ${msWords(now - row.transactionAt)}.`]),
        ...runsWhat(row),
        ...(idle.length > most ? [`${idle.length} sessions are like this.`] : []),
      ],
      actions: [{kind: 'show-session', pid: row.pid}, ...limitFor(row)],
    }));
  },
});

function idleMs({stateAt}: SessionRow, now: number): number {
  return stateAt === undefined ? 0 : now - stateAt;
}

function limitFor({user}: SessionRow): readonly {kind: 'show-sql'; title: string; sql: string}[] {
  if (user === undefined) return [];
  return [
    {
      kind: 'show-sql',
      title: `Limit idle transactions of ${user}`,
      sql: `ALTER ROLE ${quoteWhereNeeded(user)} SET idle_in_transaction_session_timeout = '5min';`,
    },
  ];
}
