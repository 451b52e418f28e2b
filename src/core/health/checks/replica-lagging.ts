import {formatBytes} from '../../catalog/format.ts';
import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {Parts} from '../parts.ts';
import {hour, minute, second} from '../time.ts';
import {msWords} from '../words.ts';

/** Who reads from it sees the past by then, and a failover loses or waits for so much. */
const warnFrom = minute;
const errorFrom = hour;
/** A commit waits for the way to the standby and back. */
const commitFrom = 10 * second;
/** Bytes that are on their way. */
const closeBy = 1024 ** 2;
const bytesFrom = 1024 ** 3;

export const check = defineCheck({
  id: 'replica-lagging',
  area: 'replication',
  title: 'Replicas that are behind',
  page: {
    looks: `What connected receivers have not replayed: told from ${msWords(warnFrom)} or ${formatBytes(bytesFrom)} on, as an error from ${msWords(errorFrom)} on. On a
standby: what it received and has not replayed, a replay that is paused, and a standby that receives nothing. It is an error
when a commit has waited for a synchronous standby for more than ${msWords(commitFrom)}.`,
    silent:
      'Receivers of backups, standbys that replay from an archive alone, and commits while a synchronous standby keeps up.',
    sources: [
      'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW',
      '`pg_stat_replication`, `pg_stat_wal_receiver`, the wait event `SyncRep` of `pg_stat_activity` (14–18)',
    ],
  },
  needs: ['replication'],
  look({replication: {receivers, standby}}, context) {
    return [
      ...(receivers.some(one => confirms(one)) ? [] : waitingOf(context.part('sessions'), context.now)),
      ...receivers.flatMap(one => laggingOf(one)),
      ...(standby ? standbyOf(standby) : []),
    ];
  },
});

type Replication = Parts['replication'];

/** A long statement that has just come to its commit waits as well, and for a moment only. */
function confirms({sync, flushLag = 0}: Replication['receivers'][number]): boolean {
  return (sync === 'sync' || sync === 'quorum') && flushLag < closeBy;
}

function waitingOf(sessions: Parts['sessions'] | undefined, now: number): readonly Found[] {
  const waiting = (sessions?.rows ?? []).filter(
    ({wait, queryAt = now}) => wait === 'SyncRep' && now - queryAt > commitFrom,
  );
  const [first] = waiting.toSorted((a, b) => (a.queryAt ?? now) - (b.queryAt ?? now));
  if (first === undefined) return [];
  const {pid, queryAt = now} = first;
  return [
    {
      severity: 'error',
      subject: {kind: 'session', pid},
      what: `${counted(waiting.length, 'commit')} ${waiting.length === 1 ? 'waits' : 'wait'} for a synchronous standby`,
      why: 'synchronous_standby_names asks for a standby to confirm each commit, and none does. Everything that writes stands still, with its locks.',
      fix: 'Bring the standby back, or take it out of synchronous_standby_names: a reload is enough, and those who wait go on.',
      evidence: [`The longest has waited for ${msWords(now - queryAt)}.`],
      actions: [{kind: 'show-session', pid}],
    },
  ];
}

function laggingOf(receiver: Replication['receivers'][number]): readonly Found[] {
  const {
    pid,
    application,
    client,
    state,
    sync,
    sentLag = 0,
    flushLag = 0,
    replayLag = 0,
    replayLagMs = 0,
  } = receiver;
  if (state === 'backup' || (replayLagMs < warnFrom && replayLag < bytesFrom)) return [];
  const time = replayLagMs < warnFrom ? '' : `${msWords(replayLagMs)} and `;
  return [
    {
      severity: replayLagMs >= errorFrom ? 'error' : 'warning',
      subject: {kind: 'session', pid},
      what: `The replica ${application}${client === undefined ? '' : ` (${client})`} is ${time}${formatBytes(replayLag)} behind`,
      why: `Who reads from it sees the past, and a failover to it would lose or wait for what it lacks.${sync === 'sync' || sync === 'quorum' ? ' It is synchronous: every commit here waits for it.' : ''}`,
      fix:
        sentLag > replayLag / 2
          ? 'Look at the network between the two, and at max_wal_senders and the disks of this server: most of it was not even sent.'
          : flushLag > replayLag / 2
            ? 'Look at the disks of the replica: it has received what it cannot write fast enough.'
            : 'Look for a query on the replica that replay waits for (max_standby_streaming_delay), and at its processor: replay is one process.',
      evidence: [
        `${formatBytes(sentLag)} are not sent, ${formatBytes(Math.max(0, flushLag - sentLag))} not written there, ${formatBytes(Math.max(0, replayLag - flushLag))} not replayed.`,
        `Its state is ${state ?? 'hidden'}.`,
      ],
      actions: [],
    },
  ];
}

function standbyOf(standby: NonNullable<Replication['standby']>): readonly Found[] {
  const {replayLag, paused, streaming} = standby;
  if (paused)
    return [
      {
        ...common(replayLag),
        what: 'The replay of WAL is paused on this standby',
        why: 'It receives and does not apply what it receives: who reads here sees the past, and WAL piles up.',
        fix: 'Resume the replay when whatever it was paused for is done.',
        actions: [{kind: 'show-sql', title: 'Resume the replay', sql: 'SELECT pg_wal_replay_resume();'}],
      },
    ];
  if (!streaming && replayLag !== undefined)
    return [
      {
        ...common(replayLag),
        what: 'This standby receives nothing from its primary',
        why: 'It was streaming once, and no receiver is connected now: it falls behind with everything that is written.',
        fix: 'Look into the log of this server: the primary is down or not to be reached, refuses the connection, or has removed WAL that this standby needs.',
        actions: [],
      },
    ];
  if ((replayLag ?? 0) < bytesFrom) return [];
  return [
    {
      ...common(replayLag),
      what: `This standby has not replayed ${formatBytes(replayLag ?? 0)} that it received`,
      why: 'Who reads here sees the past. Replay waits for queries that need the rows it wants to remove, or does not keep up.',
      fix: 'Look for long queries on this server, and at max_standby_streaming_delay.',
      actions: [],
    },
  ];
}

function common(replayLag: number | undefined): Pick<Found, 'severity' | 'evidence'> {
  return {
    severity: 'warning',
    evidence: replayLag === undefined ? [] : [`${formatBytes(replayLag)} are received and not replayed.`],
  };
}
