import {formatBlocks} from '../../explain/words.ts';
import {defineCheck} from '../check.ts';
import {countedSince} from '../time.ts';
import {sinceWords} from '../words.ts';

/** Below, a server that answers requests waits for its disks; above, there is nothing to win by memory. */
const tellBelow = 0.95;
const warnBelow = 0.8;
/** 8 kB blocks, some 8 GB: fewer reads are the filling of an empty cache. */
const fewestReads = 1_000_000;

export const check = defineCheck({
  id: 'cache-hit-low',
  area: 'queries',
  title: 'Blocks are read again and again',
  page: {
    looks: `The share of blocks that were found in shared buffers, since the counters were reset. Told below ${tellBelow * 100} %, as a
warning below ${warnBelow * 100} %.`,
    silent: `As long as fewer than ${formatBlocks(fewestReads)} were read, as after a start, and as long as less than ten times the size of the database was read.`,
    sources: [
      'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW',
      '`pg_stat_database.blks_read` and `blks_hit` (14–18)',
    ],
  },
  needs: ['database', 'server'],
  look({database, server: {databaseBytes = 0}}, context) {
    const {now, rates} = context;
    const {blocksRead, blocksHit} = database.counters;
    const share = blocksHit / Math.max(1, blocksHit + blocksRead);
    if (share >= tellBelow || blocksRead < fewestReads || blocksRead * 8192 < 10 * databaseBytes) return [];
    return [
      {
        severity: share < warnBelow ? 'warning' : 'information',
        what: `Only ${percent(share)} of the blocks were found in shared buffers`,
        why: `${formatBlocks(blocksRead)} were asked of the operating system, many times the size of the database. It may have had them in its own cache, and each is copied nevertheless.`,
        fix: 'Look for statements that read much more than they return: an index is worth more than memory. Then raise shared_buffers, up to about a quarter of the memory of the machine.',
        evidence: [
          sinceWords(countedSince(database, context.part('writing')), now),
          ...(rates?.cacheHit === undefined ? [] : [`In this moment it is ${percent(rates.cacheHit)}.`]),
        ],
        actions: [],
      },
    ];
  },
});

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
