import type {HealthFinding} from '../../src/core/health/finding.ts';
import type {Grade} from '../../src/core/health/grade.ts';
import {GB, MB} from './health-units.ts';

export const someFindings: readonly HealthFinding[] = [
  {
    check: 'session-blocks-others',
    area: 'locks',
    severity: 'error',
    subject: {kind: 'session', pid: 4021},
    what: 'Session 4021 (anna, psql) blocks 4 sessions for 3 min',
    why: 'It is idle in a transaction that holds ROW EXCLUSIVE on public.orders. ALTER TABLE of session 4107 waits for it, and every query on the table waits behind that.',
    fix: 'Ask whoever runs psql on 10.2.0.5 to end the transaction, or terminate the session.',
    evidence: [
      'pg_blocking_pids names it for session 4107.',
      'Its transaction is open for 14 min 8 s, and its last statement ended 13 min ago.',
    ],
    actions: [{kind: 'show-session', pid: 4021}],
  },
  {
    check: 'archive-failing',
    area: 'writing',
    severity: 'error',
    what: 'The archive has failed for 2 hours',
    why: 'Each file of WAL stays in pg_wal until it is archived. The disk fills up, and a restore cannot go beyond the last archived file.',
    fix: 'Look into the server’s log for the output of archive_command.',
    evidence: ['0000000100000A41000000C2 failed 40 s ago; the last one that was archived is 2 hours old.'],
    actions: [
      {
        kind: 'show-sql',
        title: 'Show the archive command',
        sql: 'SHOW archive_command;\nSELECT * FROM pg_stat_archiver;',
      },
    ],
  },
  {
    check: 'slot-inactive',
    area: 'replication',
    severity: 'warning',
    subject: {kind: 'slot', name: 'debezium'},
    what: 'Slot debezium is inactive for 3 days and keeps 18 GB of WAL',
    why: 'WAL since its restart_lsn is kept for it. It is lost 2 GB from here, where max_slot_wal_keep_size ends.',
    fix: 'Start its consumer, or drop the slot.',
    evidence: ['wal_status is extended.'],
    bytes: 18 * GB,
    actions: [
      {kind: 'show-sql', title: 'Drop the slot', sql: "SELECT pg_drop_replication_slot('debezium');"},
    ],
  },
  {
    check: 'wraparound-near',
    area: 'vacuum',
    severity: 'warning',
    subject: {kind: 'table', schema: 'public', name: 'events'},
    what: 'public.events has gone 66 % of the way to wrap-around',
    why: 'Its oldest row is 1,412,000,000 transactions old. At 2^31 the server stops taking writes.',
    fix: 'Run VACUUM (FREEZE) on it when there is little traffic.',
    evidence: ['age(relfrozenxid) is exact.'],
    actions: [{kind: 'maintain', command: 'vacuum-freeze', object: {schema: 'public', name: 'events'}}],
  },
  {
    check: 'table-dead-rows',
    area: 'vacuum',
    severity: 'warning',
    subject: {kind: 'table', schema: 'public', name: 'orders'},
    what: 'public.orders has 911,200 dead rows, more than autovacuum waits for',
    why: 'Autovacuum acts at 824,116. It was last there 9 days ago: the open transaction of session 4021 keeps it from removing them.',
    fix: 'End the long transaction, then run VACUUM.',
    evidence: ['As pg_stat_user_tables counts since 19 Aug 2026.'],
    actions: [{kind: 'maintain', command: 'vacuum', object: {schema: 'public', name: 'orders'}}],
  },
  {
    check: 'index-unused',
    area: 'indexes',
    severity: 'warning',
    subject: {kind: 'index', schema: 'public', name: 'orders_status_idx', table: 'orders'},
    what: 'public.orders_status_idx was not used in 94 days',
    why: 'It takes 412 MB, and every insert and most updates write to it.',
    fix: 'Drop it.',
    evidence: [
      '0 scans since 19 Aug 2026.',
      'standby_a and standby_b have counters of their own, which nobody sees from here.',
    ],
    bytes: 412 * MB,
    actions: [
      {
        kind: 'migration',
        title: 'Drop the index orders_status_idx',
        migrations: [
          {
            title: 'drop orders_status_idx',
            up: 'DROP INDEX CONCURRENTLY public.orders_status_idx;',
            down: 'CREATE INDEX CONCURRENTLY orders_status_idx ON public.orders (status);',
          },
        ],
      },
    ],
  },
  {
    check: 'shared-buffers',
    area: 'settings',
    severity: 'warning',
    subject: {kind: 'setting', name: 'shared_buffers'},
    what: 'shared_buffers is 128 MB on a machine with 64 GB',
    why: 'Pages that do not fit are asked of the operating system again and again.',
    fix: 'Set it to about 16 GB and restart the server.',
    evidence: ['The machine’s memory was told in the settings.'],
    actions: [
      {kind: 'show-sql', title: 'Set shared_buffers', sql: "ALTER SYSTEM SET shared_buffers = '16GB';"},
    ],
  },
  {
    check: 'statement-slow',
    area: 'queries',
    severity: 'information',
    subject: {kind: 'statement', id: '-8123712893712312'},
    what: 'One statement takes 52 % of all execution time',
    why: 'It ran 412 times for 8.88 s each, and reads 319 GB.',
    fix: 'Explain it.',
    evidence: ['Since 19 Aug 2026, as pg_stat_statements counts.'],
    actions: [{kind: 'explain', statement: '-8123712893712312'}],
  },
  {
    check: 'extension-outdated',
    area: 'security',
    severity: 'information',
    subject: {kind: 'extension', name: 'postgis'},
    what: 'postgis 3.3.2 could be 3.4.1',
    why: 'The server has the newer one.',
    fix: 'Update it.',
    evidence: [],
    actions: [{kind: 'show-sql', title: 'Update postgis', sql: 'ALTER EXTENSION postgis UPDATE;'}],
  },
];

export const someGrades: readonly Grade[] = [
  {area: 'connections', grade: 'A', reason: '5 of 5 checks looked, and found nothing.'},
  {area: 'locks', grade: 'F', reason: 'Session 4021 (anna, psql) blocks 4 sessions for 3 min.'},
  {area: 'queries', grade: 'B', reason: 'One statement takes 52 % of all execution time.'},
  {area: 'indexes', grade: 'C', reason: 'public.orders_status_idx was not used in 94 days.'},
  {area: 'tables', grade: 'A', reason: '4 of 4 checks looked, and found nothing.'},
  {area: 'vacuum', grade: 'C', reason: 'public.events has gone 66 % of the way to wrap-around, and 1 more.'},
  {area: 'design', grade: 'A', reason: '9 of 9 checks looked, and found nothing.'},
  {area: 'writing', grade: 'F', reason: 'The archive has failed for 2 hours.'},
  {area: 'replication', grade: 'C', reason: 'Slot debezium is inactive for 3 days and keeps 18 GB of WAL.'},
  {area: 'settings', grade: 'C', reason: 'shared_buffers is 128 MB on a machine with 64 GB.'},
  {area: 'security', reason: 'This role may not read pg_authid.'},
];

export const someTitles: readonly {readonly id: string; readonly title: string}[] = [
  {id: 'session-blocks-others', title: 'Sessions that block others'},
  {id: 'index-unused', title: 'Indexes that nothing uses'},
];
