import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {Parts} from '../parts.ts';
import {msWords} from '../words.ts';

export const check = defineCheck({
  id: 'subscription-failing',
  area: 'replication',
  title: 'Subscriptions that do not apply',
  page: {
    looks:
      'Subscriptions that are enabled and have no worker, those with errors, and those that were disabled after an error.',
    silent: 'Subscriptions that somebody disabled, and those whose worker runs without an error.',
    sources: [
      'https://www.postgresql.org/docs/current/logical-replication-monitoring.html',
      '`pg_subscription`, `pg_stat_subscription` (14–18), `pg_stat_subscription_stats` (15–18)',
    ],
  },
  needs: ['replication'],
  look({replication: {subscriptions}}, {now}) {
    return subscriptions.flatMap(one => {
      const errors = (one.applyErrors ?? 0) + (one.syncErrors ?? 0);
      if (one.enabled && !one.running) return [found(one, errors, now, 'is not running')];
      if (!one.enabled && errors > 0) return [found(one, errors, now, 'is disabled, and has failed before')];
      return one.enabled && errors > 0
        ? [{...found(one, errors, now, 'has failed'), severity: 'information'}]
        : [];
    });
  },
});

type Subscription = Parts['replication']['subscriptions'][number];

function found(
  {name, database, lastMessageAt}: Subscription,
  errors: number,
  now: number,
  how: string,
): Found {
  return {
    severity: 'error',
    subject: {kind: 'database', name: database},
    what: `The subscription ${name} ${how}`,
    why: 'While it does not apply, its tables fall behind, and the publisher keeps all WAL since. A row that cannot be applied, as for a duplicate key, stops it again and again.',
    fix: 'Look into the log of this server for the error. Remove what stands in the way, or skip the transaction (ALTER SUBSCRIPTION … SKIP, from 15), and enable it again.',
    evidence: [
      `It is in the database ${database}.`,
      ...(errors === 0 ? [] : [`${counted(errors, 'error')} counted since the counters were reset.`]),
      ...(lastMessageAt === undefined ? [] : [`The last message came ${msWords(now - lastMessageAt)} ago.`]),
    ],
    actions: [],
  };
}
