import {grouped} from '../../grouped.ts';
import {partOf} from '../assess.ts';
import {severities, type Severity} from '../finding.ts';
import type {Parts, Reading} from '../parts.ts';
import type {HealthReport} from '../report.ts';

/** One number, or several that labels tell apart. */
export interface Metric {
  /** In snake case, with its unit last: `howdah_database_size_bytes`. */
  readonly name: string;
  readonly help: string;
  /** A counter only grows, until its source is reset. */
  readonly kind: 'gauge' | 'counter';
  /** As UCUM writes it, for OpenTelemetry: `By`, `s`, `1`. */
  readonly unit: 'By' | 's' | '1';
  readonly points: readonly Point[];
}

export interface Point {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Tables, statements and indexes that get numbers of their own: each label is a series that somebody has to keep. */
const mostSeries = 50;

/** @returns the numbers of a report for a monitoring system; what could not be seen is absent */
export function metricsOf({reading, assessment, cost}: HealthReport): readonly Metric[] {
  const found = (severity: Severity): number =>
    assessment.findings.filter(one => one.severity === severity).length;
  const bySeverity: Metric = {
    name: 'howdah_findings',
    help: 'Findings by severity.',
    kind: 'gauge',
    unit: '1',
    points: severities.map(severity => ({labels: {severity}, value: found(severity)})),
  };
  return [
    bySeverity,
    gauge(
      'howdah_look_server_seconds',
      'Time that the server worked for this look.',
      's',
      cost.serverMs / 1000,
    ),
    ...makers.flatMap(make => make(reading)),
  ].filter(({points}) => points.length > 0);
}

const makers: readonly ((reading: Reading) => readonly Metric[])[] = [
  from('server', server => [
    gauge('howdah_up', 'The server answered.', '1', 1),
    gauge('howdah_standby', 'The server is a standby.', '1', server.standby ? 1 : 0),
    gauge(
      'howdah_uptime_seconds',
      'Time since the server was started.',
      's',
      (server.now - server.startedAt) / 1000,
    ),
    gauge('howdah_database_size_bytes', 'Size of the database.', 'By', server.databaseBytes),
  ]),
  from('sessions', ({rows, maxConnections}, reading) => {
    const clients = rows.filter(({kind}) => kind === 'client backend');
    const states = grouped(clients, ({state}) => state ?? 'hidden');
    const now = partOf(reading, 'server')?.now ?? 0;
    const began = clients.flatMap(({transactionAt, own}) =>
      own || transactionAt === undefined ? [] : [transactionAt],
    );
    return [
      gauge('howdah_connections_limit', 'max_connections.', '1', maxConnections),
      {
        name: 'howdah_connections',
        help: 'Client sessions by state.',
        kind: 'gauge',
        unit: '1',
        points: [...states].map(([state, group]) => ({labels: {state}, value: group.length})),
      },
      gauge(
        'howdah_sessions_waiting',
        'Sessions that wait for a lock of another one.',
        '1',
        rows.filter(({blockedBy}) => blockedBy.length > 0).length,
      ),
      gauge(
        'howdah_longest_transaction_seconds',
        'Age of the oldest open transaction.',
        's',
        began.length === 0 ? 0 : Math.max(0, now - Math.min(...began)) / 1000,
      ),
    ];
  }),
  from('database', ({counters, databases}) => [
    counter('howdah_commits_total', 'Transactions committed.', '1', counters.commits),
    counter('howdah_rollbacks_total', 'Transactions rolled back.', '1', counters.rollbacks),
    counter(
      'howdah_blocks_read_total',
      'Blocks read from outside of shared buffers.',
      '1',
      counters.blocksRead,
    ),
    counter('howdah_blocks_hit_total', 'Blocks found in shared buffers.', '1', counters.blocksHit),
    counter('howdah_rows_inserted_total', 'Rows inserted.', '1', counters.rowsInserted),
    counter('howdah_rows_updated_total', 'Rows updated.', '1', counters.rowsUpdated),
    counter('howdah_rows_deleted_total', 'Rows deleted.', '1', counters.rowsDeleted),
    counter(
      'howdah_temporary_bytes_total',
      'Bytes written to temporary files.',
      'By',
      counters.temporaryBytes,
    ),
    counter('howdah_deadlocks_total', 'Deadlocks.', '1', counters.deadlocks),
    {
      name: 'howdah_frozen_age',
      help: 'Transactions since the oldest row of a database was frozen.',
      kind: 'gauge',
      unit: '1',
      points: databases.map(({name, frozenAge}) => ({labels: {database: name}, value: frozenAge})),
    },
  ]),
  from('writing', writing => [
    counter('howdah_wal_bytes_total', 'Position in the write-ahead log.', 'By', writing.position),
    counter('howdah_checkpoints_timed_total', 'Checkpoints by time.', '1', writing.checkpointsTimed),
    counter(
      'howdah_checkpoints_requested_total',
      'Checkpoints asked for.',
      '1',
      writing.checkpointsRequested,
    ),
    counter(
      'howdah_archive_failures_total',
      'Files that could not be archived.',
      '1',
      writing.archive.failed,
    ),
  ]),
  from('replication', ({receivers, slots, standby}) => [
    {
      name: 'howdah_replica_replay_lag_bytes',
      help: 'WAL that a receiver has not replayed.',
      kind: 'gauge',
      unit: 'By',
      points: lagPoints(receivers),
    },
    {
      name: 'howdah_slot_retained_bytes',
      help: 'WAL that a replication slot keeps.',
      kind: 'gauge',
      unit: 'By',
      points: slots.flatMap(({name, retained}) =>
        retained === undefined ? [] : [{labels: {slot: name}, value: retained}],
      ),
    },
    gauge('howdah_standby_replay_lag_bytes', 'WAL received and not replayed.', 'By', standby?.replayLag),
  ]),
  from('tables', ({rows}) => {
    const largest = rows
      .filter(({kind}) => kind !== 'toast')
      .toSorted((a, b) => b.bytes - a.bytes)
      .slice(0, mostSeries);
    const each = (value: (row: (typeof largest)[number]) => number): readonly Point[] =>
      largest.map(row => ({labels: {schema: row.schema, table: row.name}, value: value(row)}));
    return [
      {
        name: 'howdah_table_size_bytes',
        help: 'Size with indexes and TOAST.',
        kind: 'gauge',
        unit: 'By',
        points: each(row => row.bytes),
      },
      {
        name: 'howdah_table_dead_rows',
        help: 'Dead rows.',
        kind: 'gauge',
        unit: '1',
        points: each(row => row.dead),
      },
    ];
  }),
  from('statements', ({totals}) => [
    counter('howdah_statements_calls_total', 'Statements executed.', '1', totals.calls),
    counter(
      'howdah_statements_seconds_total',
      'Time that statements were executed.',
      's',
      totals.totalMs / 1000,
    ),
  ]),
];

/** Standbys are called walreceiver unless somebody names them, and no series may be there twice. */
function lagPoints(receivers: Parts['replication']['receivers']): readonly Point[] {
  const known = receivers.flatMap(({application, client, replayLag}) =>
    replayLag === undefined
      ? []
      : [{labels: {receiver: application, ...(client === undefined ? {} : {client})}, value: replayLag}],
  );
  return [...grouped(known, ({labels}) => JSON.stringify(labels)).values()].flatMap(same =>
    same.toSorted((a, b) => b.value - a.value).slice(0, 1),
  );
}

function from<P extends keyof Parts>(
  name: P,
  make: (part: Parts[P], reading: Reading) => readonly Metric[],
): (reading: Reading) => readonly Metric[] {
  return reading => {
    const part = partOf(reading, name);
    return part === undefined ? [] : make(part, reading);
  };
}

function gauge(name: string, help: string, unit: Metric['unit'], value: number | undefined): Metric {
  return {name, help, unit, kind: 'gauge', points: value === undefined ? [] : [{labels: {}, value}]};
}

function counter(name: string, help: string, unit: Metric['unit'], value: number): Metric {
  return {...gauge(name, help, unit, value), kind: 'counter'};
}
