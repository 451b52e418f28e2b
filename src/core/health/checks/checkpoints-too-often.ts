import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {digits, msWords, sinceWords} from '../words.ts';

/** Fewer may be backups, CREATE DATABASE and CHECKPOINT, which ask for one as well. */
const fewest = 10;
/** Of max_wal_size: a checkpoint that was asked for after less WAL than this was not asked for by the WAL. */
const walShare = 0.3;

export const check = defineCheck({
  id: 'checkpoints-too-often',
  area: 'writing',
  title: 'Checkpoints because the WAL is full',
  page: {
    looks: `Checkpoints that were requested, against those that came by time. Told from ${fewest} on, when they are the majority and
so much WAL was written between them that it was the reason.`,
    silent:
      'On standbys, whose restartpoints follow the primary. When little WAL was written between them: backups, CREATE DATABASE and the command CHECKPOINT request checkpoints too.',
    sources: [
      'https://www.postgresql.org/docs/current/wal-configuration.html',
      '`pg_stat_checkpointer` (17–18), `pg_stat_bgwriter` (14–16), `pg_stat_wal.wal_bytes` (14–18)',
    ],
  },
  needs: ['writing', 'server'],
  look({writing, server}, {now}) {
    const {checkpointsTimed, checkpointsRequested, walBytes, maxWalBytes, checkpointTimeoutMs} = writing;
    if (server.standby || checkpointsRequested < fewest || checkpointsRequested <= checkpointsTimed)
      return [];
    const between = (walBytes * countedTogether(writing, now)) / checkpointsRequested;
    if (between < walShare * maxWalBytes) return [];
    const wanted = suggested(writing, now);
    return [
      {
        severity: 'warning',
        what: `${digits(checkpointsRequested)} of ${digits(checkpointsRequested + checkpointsTimed)} checkpoints came because the WAL was full`,
        why: `After each checkpoint the first change of a block writes the whole block to the WAL, so checkpoints that come early make more WAL, which makes checkpoints come earlier. One every ${msWords(checkpointTimeoutMs)} would be enough.`,
        fix: `Raise max_wal_size until checkpoints come by time${wanted === undefined ? '' : `; for what was written until now, ${wanted} would do`}. It takes disk space in pg_wal, and a crash takes longer to recover from.`,
        evidence: [
          `max_wal_size is ${formatBytes(maxWalBytes)}; ${formatBytes(Math.round(between))} of WAL were written between two of them.`,
          sinceWords(writing.resetAt, now),
        ],
        actions:
          wanted === undefined
            ? []
            : [
                {
                  kind: 'show-sql',
                  title: 'Raise max_wal_size',
                  sql: `ALTER SYSTEM SET max_wal_size = '${wanted.replace(' ', '')}';\nSELECT pg_reload_conf();`,
                },
              ],
      },
    ];
  },
});

/** @returns how much of the WAL was written while checkpoints were counted: the two can be reset one without the other */
function countedTogether({resetAt, walResetAt}: Writing, now: number): number {
  if (resetAt === undefined || walResetAt === undefined || now <= walResetAt) return 1;
  return (now - resetAt) / (now - walResetAt);
}

/**
 * A checkpoint begins when half of it is used, because the one before is spread over the time. What was written in less
 * time than there should be between two checkpoints says nothing about the time after it.
 */
function suggested(
  {walBytes, walResetAt, checkpointTimeoutMs, maxWalBytes}: Writing,
  now: number,
): string | undefined {
  if (walResetAt === undefined || now <= walResetAt) return undefined;
  const needed = (walBytes / Math.max(now - walResetAt, checkpointTimeoutMs)) * checkpointTimeoutMs * 2;
  const gigabytes = Math.ceil(Math.max(needed, maxWalBytes * 2) / 1024 ** 3);
  return `${gigabytes} GB`;
}

interface Writing {
  readonly walBytes: number;
  readonly resetAt?: number;
  readonly walResetAt?: number;
  readonly checkpointTimeoutMs: number;
  readonly maxWalBytes: number;
}
