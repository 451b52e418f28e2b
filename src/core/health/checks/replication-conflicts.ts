import {defineCheck} from '../check.ts';
import {countedSince, perDay} from '../time.ts';
import {digits, sinceWords} from '../words.ts';

/** In a day. */
const tellFrom = 10;

export const check = defineCheck({
  id: 'replication-conflicts',
  area: 'replication',
  title: 'Queries on a standby that replay ended',
  page: {
    looks: `Queries of this database that were cancelled because they stood in the way of the replay of WAL, from ${tellFrom} a day on.`,
    silent: 'On a primary, where there are none.',
    sources: [
      'https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-CONFLICT',
      '`pg_stat_database.conflicts` (14–18)',
    ],
  },
  needs: ['replication', 'database'],
  look({replication: {standby}, database}, context) {
    if (!standby) return [];
    const {now} = context;
    const since = countedSince(database, context.part('writing'));
    const daily = perDay(standby.conflicts, since, now) ?? 0;
    if (daily < tellFrom) return [];
    return [
      {
        severity: 'information',
        what: `Replay has cancelled ${digits(standby.conflicts)} ${standby.conflicts === 1 ? 'query' : 'queries'} of this database`,
        why: 'A query that needs rows which the primary has removed, or a lock that it has taken, holds up the replay. After max_standby_streaming_delay it is cancelled with SQLSTATE 40001.',
        fix: 'For reports, raise max_standby_streaming_delay and accept the lag, or set hot_standby_feedback and accept more dead rows on the primary. Let programs retry.',
        evidence: [sinceWords(since, now)],
        actions: [],
      },
    ];
  },
});
