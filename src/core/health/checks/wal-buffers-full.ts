import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {digits, sinceWords} from '../words.ts';

/** Of the 8 kB pages of WAL that were written: so many times a session had to write them itself, in the middle of a statement. */
const tellFrom = 0.05;
const fewest = 10_000;
/** One segment, to which the default grows. */
const enough = '64MB';

export const check = defineCheck({
  id: 'wal-buffers-full',
  area: 'writing',
  title: 'WAL buffers that are full',
  page: {
    looks: `How often a session had to write WAL because \`wal_buffers\` were full, from ${digits(fewest)} times and ${tellFrom * 100} % of the pages of WAL
on.`,
    silent: 'Fewer: a bulk load fills any buffer.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-WAL-BUFFERS',
      '`pg_stat_wal.wal_buffers_full` (14–18)',
    ],
  },
  needs: ['writing'],
  look({writing: {buffersFull, walBytes, walResetAt}}, {now}) {
    const share = buffersFull / Math.max(1, walBytes / 8192);
    if (buffersFull < fewest || share < tellFrom) return [];
    return [
      {
        severity: 'information',
        what: `Sessions wrote WAL ${digits(buffersFull)} times because the buffers were full`,
        why: 'A statement that finds no room in the WAL buffers writes them out itself, and all that want to write WAL meanwhile wait for it.',
        fix: `Raise wal_buffers, for example to ${enough}; it takes a restart.`,
        evidence: [`${formatBytes(walBytes)} of WAL were written.`, sinceWords(walResetAt, now)],
        actions: [
          {kind: 'show-sql', title: 'Raise wal_buffers', sql: `ALTER SYSTEM SET wal_buffers = '${enough}';`},
        ],
      },
    ];
  },
});
