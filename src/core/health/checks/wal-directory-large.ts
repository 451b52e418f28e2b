import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import type {Parts} from '../parts.ts';

/** Of what the settings allow; max_wal_size is no hard limit. */
const factor = 2;
const errorFactor = 20;
/** Smaller is never a problem. */
const least = 2 * 1024 ** 3;

export const check = defineCheck({
  id: 'wal-directory-large',
  area: 'writing',
  title: 'More WAL on disk than there should be',
  page: {
    looks: `The size of \`pg_wal\` against \`max_wal_size\` and \`wal_keep_size\`: told when it is ${factor} times what both allow, and more than
${formatBytes(least)}.`,
    silent: 'Where the role may not list the files; members of `pg_monitor` may.',
    sources: ['https://www.postgresql.org/docs/current/wal-configuration.html', '`pg_ls_waldir()` (14–18)'],
  },
  needs: ['writing'],
  look({writing}, context) {
    const {walDirectoryBytes: bytes = 0, maxWalBytes, keptWalBytes} = writing;
    const allowed = maxWalBytes + keptWalBytes;
    if (bytes < Math.max(least, factor * allowed)) return [];
    return [
      {
        severity: bytes > errorFactor * allowed ? 'error' : 'warning',
        what: `The WAL takes ${formatBytes(bytes)} of disk`,
        why: `The settings allow about ${formatBytes(allowed)}. A slot whose receiver is behind, an archive that fails, or a checkpoint that cannot keep up makes the server keep more; when the disk is full, it stops.`,
        fix: 'Find what keeps it, below, and let it catch up or drop it. Limit slots with max_slot_wal_keep_size. Never delete files in pg_wal by hand.',
        evidence: reasons(writing, context.part('replication')),
        actions: [],
      },
    ];
  },
});

function reasons(
  {archive}: Parts['writing'],
  replication: Parts['replication'] | undefined,
): readonly string[] {
  const [slot] = (replication?.slots ?? []).toSorted((a, b) => (b.retained ?? 0) - (a.retained ?? 0));
  return [
    ...(slot?.retained === undefined
      ? ['No replication slot keeps WAL.']
      : [`The slot ${slot.name} keeps ${formatBytes(slot.retained)}.`]),
    ...(archive.mode === 'off' || archive.waiting === undefined
      ? []
      : [`${archive.waiting} files wait for the archive.`]),
  ];
}
