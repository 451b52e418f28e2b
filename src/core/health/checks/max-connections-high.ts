import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {numberOf, settingOf} from '../settings/value.ts';
import {counted} from '../../words.ts';

/** More sessions than that at work at once slow each other down on nearly every machine. */
const many = 500;
/** A session that has seen many tables holds some 10 MB of its own. */
const bytesEach = 10 * 1024 ** 2;
const shareOfMemory = 0.5;
/** As initdb makes it; small machines do well with it, because few connect. */
const initial = 100;

export const check = defineCheck({
  id: 'max-connections-high',
  area: 'settings',
  title: 'More connections are allowed than the machine can serve',
  page: {
    looks:
      '`max_connections` is more than 500, or where the memory is known, more than 100 and 10 MB for each would be more than half of it.',
    silent: 'What is in use now plays no part: connections near the limit have a check of their own.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS',
      '`pg_settings`, `pg_stat_activity`',
    ],
  },
  needs: ['settings'],
  look({settings}, context) {
    const row = settingOf(settings, 'max_connections');
    const limit = numberOf(settings, 'max_connections');
    if (row === undefined || limit === undefined) return [];
    const {memoryBytes: memory} = context;
    const heavy = memory !== undefined && limit > initial && limit * bytesEach > shareOfMemory * memory;
    if (limit <= many && !heavy) return [];
    const clients = context.part('sessions')?.rows.filter(({kind}) => kind === 'client backend').length;
    return [
      aboutSetting(row, {
        severity: heavy ? 'warning' : 'information',
        what: `max_connections is ${row.shown}`,
        why: 'Each connection is a process with memory of its own, tables of locks and snapshots are sized by the limit, and more sessions at work than the machine has processors make all of them slower. A rush reaches this limit and not a lower one that would have held.',
        fix: 'Put a pooler such as PgBouncer before the server, let it have a few connections for each processor, and lower max_connections to what the pooler and operators need. A standby must not have a lower one than its primary.',
        evidence: [
          ...(clients === undefined
            ? []
            : [`${counted(clients, 'client')} ${clients === 1 ? 'is' : 'are'} connected now.`]),
          memory === undefined
            ? 'How much memory the machine has is not known.'
            : `The machine has ${formatBytes(memory)} of memory; with 10 MB for each connection they would take ${formatBytes(limit * bytesEach)}.`,
        ],
      }),
    ];
  },
});
