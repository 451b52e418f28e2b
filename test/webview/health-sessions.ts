import type {Parts} from '../../src/core/health/parts.ts';
import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import {at, day, hour, minute, second} from './health-units.ts';

export function session(pid: number, more: Partial<SessionRow> = {}): SessionRow {
  return {
    pid,
    kind: 'client backend',
    user: 'shop',
    database: 'shop',
    application: 'shop-api',
    client: '10.2.0.17',
    state: 'idle',
    waitType: 'Client',
    wait: 'ClientRead',
    startedAt: at - 3 * hour - pid * second,
    queryAt: at - 40 * second,
    stateAt: at - 40 * second,
    query: 'SELECT id, total FROM orders WHERE customer_id = $1',
    own: false,
    blockedBy: [],
    ...more,
  };
}

const alter = 'ALTER TABLE orders ADD COLUMN gift_note text';

/** An operator forgot a COMMIT; a migration waits for it, and everybody behind the migration. */
export const someSessions: readonly SessionRow[] = [
  session(4021, {
    user: 'anna',
    application: 'psql',
    client: '10.2.0.5',
    state: 'idle in transaction',
    transactionAt: at - 14 * minute - 8 * second,
    stateAt: at - 13 * minute,
    queryAt: at - 13 * minute,
    xminAge: 48_211,
    query: "UPDATE orders SET status = 'held' WHERE id = 81723",
  }),
  session(4107, {
    user: 'migrator',
    application: 'golang-migrate',
    client: '10.2.0.9',
    state: 'active',
    waitType: 'Lock',
    wait: 'relation',
    transactionAt: at - 3 * minute - 2 * second,
    queryAt: at - 3 * minute,
    stateAt: at - 3 * minute,
    query: alter,
    blockedBy: [4021],
    wants: {type: 'relation', mode: 'ACCESS EXCLUSIVE', relation: 'public.orders', since: at - 3 * minute},
  }),
  ...[4112, 4115, 4119].map((pid, index) =>
    session(pid, {
      state: 'active',
      waitType: 'Lock',
      wait: 'relation',
      transactionAt: at - (160 - index * 20) * second,
      queryAt: at - (160 - index * 20) * second,
      stateAt: at - (160 - index * 20) * second,
      query:
        'SELECT id, status, total\n  FROM orders\n WHERE customer_id = $1\n ORDER BY created_at DESC\n LIMIT 20',
      blockedBy: [4107],
      wants: {
        type: 'relation',
        mode: 'ACCESS SHARE',
        relation: 'public.orders',
        since: at - (160 - index * 20) * second,
      },
    }),
  ),
  session(4190, {
    user: 'reporting',
    application: 'metabase',
    client: '10.2.0.31',
    state: 'active',
    waitType: 'IO',
    wait: 'DataFileRead',
    transactionAt: at - 2 * minute - 11 * second,
    queryAt: at - 2 * minute - 11 * second,
    stateAt: at - 2 * minute - 11 * second,
    xminAge: 9120,
    query: "SELECT date_trunc('day', created_at) AS day, sum(total) FROM orders GROUP BY 1 ORDER BY 1",
  }),
  session(4200, {
    application: 'Howdah',
    user: 'app',
    own: true,
    state: 'active',
    queryAt: at,
    stateAt: at,
    transactionAt: at,
    query: 'SELECT …',
    client: '10.2.0.5',
  }),
  ...Array.from({length: 24}, (_, index) =>
    session(4300 + index, {stateAt: at - index * 7 * second, queryAt: at - index * 7 * second}),
  ),
  {
    pid: 812,
    kind: 'autovacuum worker',
    application: '',
    database: 'shop',
    state: 'active',
    startedAt: at - 4 * minute,
    transactionAt: at - 4 * minute,
    queryAt: at - 4 * minute,
    stateAt: at - 4 * minute,
    waitType: 'Timeout',
    wait: 'VacuumDelay',
    query: 'autovacuum: VACUUM ANALYZE public.events',
    own: false,
    blockedBy: [],
  },
  {
    pid: 71,
    kind: 'checkpointer',
    application: '',
    own: false,
    blockedBy: [],
    startedAt: at - 31 * day,
    waitType: 'Activity',
    wait: 'CheckpointerMain',
  },
  {
    pid: 74,
    kind: 'walwriter',
    application: '',
    own: false,
    blockedBy: [],
    startedAt: at - 31 * day,
    waitType: 'Activity',
    wait: 'WalWriterMain',
  },
];

/** The same without anybody who waits. */
export const calmSessions: readonly SessionRow[] = someSessions.filter(
  ({blockedBy, state}) => blockedBy.length === 0 && state !== 'idle in transaction',
);

export function sessionsPart(rows: readonly SessionRow[]): Parts['sessions'] {
  return {rows, hidden: 0, maxConnections: 200, reserved: 3, prepared: [], deadlockTimeout: 1000};
}
