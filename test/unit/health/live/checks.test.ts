import {expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import {day, hour, minute} from '../../../../src/core/health/time.ts';
import {
  archive,
  counters,
  neverReset,
  now,
  readingWith,
  receiver,
  session,
  slot,
  type Changes,
} from './reading.ts';

const megabyte = 1024 ** 2;
const gigabyte = 1024 ** 3;

const sessions = (count: number, stateAt = now - 1000): Changes => ({
  sessions: {rows: Array.from({length: count}, (_, index) => session({pid: 2000 + index, stateAt}))},
});
const oneSession = (changes: Parameters<typeof session>[0]): Changes => ({
  sessions: {rows: [session(changes)]},
});
const standby = (
  changes: Partial<{replayLag: number; streaming: boolean; paused: boolean; conflicts: number}>,
): Changes => ({
  server: {standby: true},
  replication: {
    receivers: [],
    standby: {streaming: true, paused: false, conflicts: 0, ...changes},
  },
});
const subscription = (
  changes: Partial<{enabled: boolean; running: boolean; applyErrors: number}>,
): Changes => ({
  replication: {
    subscriptions: [
      {
        name: 'from_erp',
        database: 'shop',
        enabled: true,
        running: true,
        applyErrors: 0,
        syncErrors: 0,
        ...changes,
      },
    ],
  },
});
const waiting = (type: string, seconds: number): Changes => ({
  sessions: {
    rows: [
      session({pid: 1}),
      session({pid: 2, blockedBy: [1], wants: {type, mode: 'EXCLUSIVE', since: now - seconds * 1000}}),
    ],
  },
});
const prepared = (preparedAt: number, age = 10): Changes => ({
  sessions: {prepared: [{gid: 'tx-1', owner: 'app', database: 'shop', preparedAt, age}]},
});

/** What is changed of a server that is well kept, and what is found: `check severity`, with the beginning of its line. */
const cases: readonly (readonly [name: string, changes: Changes, found: readonly string[]])[] = [
  ['nothing', {}, []],
  ['77 of 97 connections', sessions(77), []],
  ['78 of 97 connections', sessions(78), ['connections-near-limit warning: 78 of 97 connections are in use']],
  ['93 of 97 connections', sessions(93), ['connections-near-limit error: 93 of 97 connections are in use']],
  [
    'connections of walsenders',
    {sessions: {rows: Array.from({length: 93}, (_, pid) => session({pid, kind: 'walsender'}))}},
    [],
  ],
  ['49 idle connections', sessions(49, now - hour), []],
  [
    '50 idle connections',
    sessions(50, now - hour),
    ['connection-idle-many information: 50 connections have done nothing for more than 10 minutes'],
  ],
  [
    'a short pause in a transaction',
    oneSession({state: 'idle in transaction', stateAt: now - 4 * minute}),
    [],
  ],
  [
    'a long pause in a failed transaction',
    oneSession({state: 'idle in transaction (aborted)', stateAt: now - 3 * hour}),
    [
      'session-idle-in-transaction warning: Session 1000 of app (web) has been idle in a transaction for 3 hours',
    ],
  ],
  [
    'a long transaction',
    oneSession({state: 'active', transactionAt: now - 3 * hour, query: 'SELECT 1'}),
    ['transaction-long information: The transaction of session 1000 of app (web) has been open for 3 hours'],
  ],
  ['a long VACUUM', oneSession({state: 'active', transactionAt: now - 3 * hour, query: ' vacuum big'}), []],
  [
    'a long base backup',
    oneSession({kind: 'walsender', state: 'active', transactionAt: now - 9 * hour, query: 'BASE_BACKUP'}),
    [],
  ],
  ['a long look of its own', oneSession({own: true, state: 'active', transactionAt: now - 9 * hour}), []],
  ['a short wait', waiting('relation', 4), []],
  [
    'a wait',
    waiting('relation', 9),
    ['session-blocks-others warning: 1 session waits for session 1 of app (web)'],
  ],
  [
    'a long wait',
    waiting('transactionid', 90),
    ['session-blocks-others error: 1 session waits for session 1'],
  ],
  [
    'who waits to be the leader',
    waiting('advisory', 90),
    ['session-blocks-others information: 1 session waits'],
  ],
  ['a transaction prepared just now', prepared(now - minute), []],
  [
    'a transaction prepared long ago',
    prepared(now - 9 * day, 6_000_000),
    [
      'prepared-transaction-old error: The prepared transaction tx-1 has waited for its end for 9 days',
      'xmin-held-back warning: The prepared transaction tx-1 keeps VACUUM from removing what died in the last 6,000,000 transactions',
    ],
  ],
  [
    'an old VACUUM, which no other one heeds',
    oneSession({xminAge: 9_000_000, state: 'active', query: 'VACUUM (ANALYZE) orders'}),
    [],
  ],
  [
    'an old VACUUM by itself',
    oneSession({kind: 'autovacuum worker', xminAge: 9_000_000, query: 'autovacuum: VACUUM public.orders'}),
    [],
  ],
  [
    'an old ANALYZE by itself',
    oneSession({kind: 'autovacuum worker', xminAge: 9_000_000, query: 'autovacuum: ANALYZE public.orders'}),
    ['xmin-held-back warning: The transaction of autovacuum worker 1000'],
  ],
  [
    'an old VACUUM FULL',
    oneSession({xminAge: 9_000_000, state: 'active', query: 'VACUUM (FULL) orders'}),
    ['xmin-held-back warning: The transaction of session 1000'],
  ],
  ['a snapshot of some age', oneSession({xminAge: 4_999_999}), []],
  ['an old snapshot of another database', oneSession({xminAge: 9_000_000, database: 'other'}), []],
  [
    'an old snapshot',
    oneSession({xminAge: 9_000_000}),
    [
      'xmin-held-back warning: The transaction of session 1000 of app (web) keeps VACUUM from removing what died in the last 9,000,000 transactions',
    ],
  ],
  [
    'the feedback of a standby',
    {sessions: {rows: [session({kind: 'walsender', xminAge: 160_000_000})]}},
    ['xmin-held-back error: A standby, through walsender 1000 of app (web), keeps VACUUM'],
  ],
  [
    'a slot with an old xmin',
    {replication: {slots: [slot({xminAge: 7_000_000})]}},
    ['xmin-held-back warning: The physical replication slot replica keeps VACUUM'],
  ],
  ['95 % in the cache', counters({blocksRead: 200_000_000, blocksHit: 3_800_000_000}), []],
  [
    '90 % in the cache',
    counters({blocksRead: 400_000_000, blocksHit: 3_600_000_000}),
    ['cache-hit-low information: Only 90'],
  ],
  ['a cold cache', counters({blocksRead: 900_000, blocksHit: 100_000}), []],
  [
    'many temporary files',
    counters({temporaryBytes: 900 * gigabyte}),
    ['temporary-files information: 30 GB of temporary files are written each day'],
  ],
  [
    'many temporary files since the server was made',
    neverReset({temporaryBytes: 900 * gigabyte}),
    ['temporary-files information: 30 GB of temporary files are written each day'],
  ],
  [
    'two deadlocks a day',
    counters({deadlocks: 60}),
    ['deadlocks information: 60 transactions were ended because of a deadlock'],
  ],
  ['two deadlocks an hour', counters({deadlocks: 1500}), ['deadlocks warning: 1500 transactions']],
  [
    'many rollbacks',
    counters({rollbacks: 10_000_000}),
    ['rollbacks-many information: 17 % of the transactions are rolled back'],
  ],
  ['few transactions', counters({commits: 100, rollbacks: 900}), []],
  [
    'sessions that were cut off',
    counters({sessionsAbandoned: 20_000}),
    ['sessions-killed information: 20,025 of'],
  ],
  [
    'damaged blocks',
    {database: {damaged: [{database: 'old', failures: 2, last: now - hour}, {failures: 1}]}},
    [
      'checksum-failures error: 2 blocks in the database old did not match their checksums',
      'checksum-failures error: 1 block in what all databases share did not match its checksum',
    ],
  ],
  [
    'checkpoints by WAL',
    {writing: {checkpointsTimed: 1000, checkpointsRequested: 9000, walBytes: 20_000 * gigabyte}},
    ['checkpoints-too-often warning: 9,000 of 10,000 checkpoints came because the WAL was full'],
  ],
  ['checkpoints by hand', {writing: {checkpointsTimed: 1000, checkpointsRequested: 9000}}, []],
  [
    'checkpoints by hand that were counted for a day, beside the WAL of a month',
    {
      writing: {
        checkpointsTimed: 0,
        checkpointsRequested: 20,
        walBytes: 300 * gigabyte,
        resetAt: now - day,
        walResetAt: now - 30 * day,
      },
    },
    [],
  ],
  [
    'checkpoints on a standby',
    {
      server: {standby: true},
      writing: {checkpointsTimed: 1000, checkpointsRequested: 9000, walBytes: 20_000 * gigabyte},
    },
    [],
  ],
  [
    'full WAL buffers',
    {writing: {buffersFull: 5_000_000}},
    ['wal-buffers-full information: Sessions wrote WAL 5,000,000 times'],
  ],
  [
    'an archive that fails',
    archive({lastFailed: now - 1000, lastArchived: now - 2 * hour}),
    ['archive-failing error: The archive of the WAL has been failing for 2 hours'],
  ],
  ['no archive', archive({mode: 'off', lastFailed: now - 1000, waiting: 500}), []],
  [
    'an archive that is behind',
    archive({waiting: 60}),
    ['archive-failing warning: 60 files of WAL wait for the archive'],
  ],
  [
    'an archive without a command',
    {
      writing: {
        archive: {mode: 'on', archived: 0, failed: 0, waiting: 60},
      },
    },
    ['archive-failing error: 60 files of WAL wait for the archive'],
  ],
  ['twice the WAL', {writing: {walDirectoryBytes: 9 * gigabyte}}, []],
  [
    'much WAL',
    {writing: {walDirectoryBytes: 11 * gigabyte}},
    ['wal-directory-large warning: The WAL takes 11 GB of disk'],
  ],
  [
    'WAL without an end',
    {writing: {walDirectoryBytes: 500 * gigabyte}},
    ['wal-directory-large error: The WAL takes 500 GB'],
  ],
  [
    'a slot whose receiver restarts',
    {replication: {slots: [slot({active: false, inactiveSince: now - minute})]}},
    [],
  ],
  [
    'a slot that is forgotten',
    {replication: {slots: [slot({active: false, inactiveSince: now - hour, retained: 60 * gigabyte})]}},
    [
      'slot-inactive error: Nobody reads from the physical replication slot replica, which keeps 60 GB of WAL',
    ],
  ],
  [
    'a slot that is forgotten, before 17',
    {replication: {slots: [slot({active: false, retained: 300 * megabyte})]}},
    ['slot-inactive warning: Nobody reads from the physical replication slot replica'],
  ],
  ['a slot that keeps little, before 17', {replication: {slots: [slot({active: false})]}}, []],
  [
    'the copy of a slot on a standby',
    {replication: {slots: [slot({active: false, inactiveSince: now - day, synced: true})]}},
    [],
  ],
  [
    'a slot that is lost',
    {
      replication: {
        slots: [slot({active: false, walStatus: 'lost', invalidation: 'wal_removed'})],
      },
    },
    ['slot-near-limit error: The physical replication slot replica is lost'],
  ],
  [
    'a slot that is lost with the next checkpoint',
    {replication: {slots: [slot({walStatus: 'unreserved', safe: -100, retained: 2 * gigabyte})]}},
    ['slot-near-limit error: The next checkpoint may invalidate the physical replication slot replica'],
  ],
  [
    'a slot near its limit',
    {replication: {slots: [slot({safe: 200 * megabyte, retained: gigabyte})]}},
    ['slot-near-limit warning: The physical replication slot replica is lost after 200 MB more of WAL'],
  ],
  [
    'a replica that is slow',
    {replication: {receivers: [receiver({replayLag: 3 * gigabyte, flushLag: 0, replayLagMs: 300_000})]}},
    ['replica-lagging warning: The replica replica is 5 minutes and 3 GB behind'],
  ],
  [
    'a commit on its way',
    oneSession({state: 'active', waitType: 'IPC', wait: 'SyncRep', queryAt: now - 5000}),
    [],
  ],
  [
    'a commit that waits for a standby which keeps up',
    {
      ...oneSession({state: 'active', waitType: 'IPC', wait: 'SyncRep', queryAt: now - minute}),
      replication: {receivers: [receiver({sync: 'sync'})]},
    },
    [],
  ],
  [
    'a commit that waits for a standby',
    oneSession({state: 'active', waitType: 'IPC', wait: 'SyncRep', queryAt: now - minute}),
    ['replica-lagging error: 1 commit waits for a synchronous standby'],
  ],
  ['a base backup', {replication: {receivers: [receiver({state: 'backup', replayLag: 3 * gigabyte})]}}, []],
  ['a standby that streams', standby({}), []],
  ['a standby with an archive only', standby({streaming: false}), []],
  [
    'a standby that is cut off',
    standby({streaming: false, replayLag: 0}),
    ['replica-lagging warning: This standby receives nothing'],
  ],
  [
    'a standby that is behind',
    standby({replayLag: 2 * gigabyte}),
    ['replica-lagging warning: This standby has not replayed 2 GB'],
  ],
  [
    'conflicts on a standby',
    standby({conflicts: 900}),
    ['replication-conflicts information: Replay has cancelled 900 queries'],
  ],
  ['few conflicts on a standby', standby({conflicts: 100}), []],
  [
    'a subscription without a worker',
    subscription({running: false}),
    ['subscription-failing error: The subscription from_erp is not running'],
  ],
  [
    'a subscription that failed once',
    subscription({applyErrors: 1}),
    ['subscription-failing information: The subscription from_erp has failed'],
  ],
  [
    'a subscription that was disabled after an error',
    subscription({enabled: false, running: false, applyErrors: 1}),
    ['subscription-failing error: The subscription from_erp is disabled'],
  ],
  ['a subscription that was disabled', subscription({enabled: false, running: false}), []],
];

it.each(cases)('%s', async (_, changes, expected) => {
  const {findings} = await assess(readingWith(changes));
  const said = findings.map(({check, severity, what}) => `${check} ${severity}: ${what}`);
  expect(said.map((line, index) => line.slice(0, expected[index]?.length))).toEqual(expected);
});

it('says what is written now, between two looks', async () => {
  const before = readingWith();
  const value = readingWith(counters({temporaryBytes: 31 * gigabyte}));
  const after =
    value.database?.kind === 'seen' ? {...value, database: {...value.database, at: now + 10_000}} : value;
  const {findings} = await assess(after, {before});
  expect(findings.map(({check, what}) => `${check}: ${what}`)).toEqual([
    'temporary-files: 102 MB of temporary files are written each second',
  ]);
});
