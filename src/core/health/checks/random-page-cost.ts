import {formatBytes} from '../../catalog/format.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {numberOf, settingOf} from '../settings/value.ts';
import {msWords} from '../words.ts';

/** Made for rotating disks of which nine tenths of the random reads are cached. */
const forDisks = 4;
/** ms: a rotating disk needs 5 and more for a block, an SSD far less than one. */
const ofSsd = 1;
/** Blocks; fewer say nothing about a disk. */
const enoughReads = 10_000;
/** Small databases are cached whatever the disk is. */
const largeEnough = 8 * 1024 ** 3;

export const check = defineCheck({
  id: 'random-page-cost',
  area: 'settings',
  title: 'The planner takes the disks for rotating ones',
  page: {
    looks:
      '`random_page_cost` is 4 or more and reading a block took less than 1 ms on average (from `track_io_timing`). Where nobody measured: the database is larger than 8 GB. It is told as well when it is below `seq_page_cost`.',
    silent: 'Measured reads of 1 ms and more, and small databases without measurements.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-RANDOM-PAGE-COST',
      '`pg_settings`, `pg_stat_statements`',
    ],
  },
  needs: ['settings'],
  look({settings}, context) {
    const row = settingOf(settings, 'random_page_cost');
    const random = numberOf(settings, 'random_page_cost');
    const sequential = numberOf(settings, 'seq_page_cost') ?? 1;
    if (row === undefined || random === undefined) return [];
    if (random < sequential) return [inverted(row, sequential)];
    const measured = readTime(context);
    const bytes = context.part('server')?.databaseBytes ?? 0;
    if (random < forDisks * sequential || (measured === undefined ? bytes < largeEnough : measured >= ofSsd))
      return [];
    return [
      aboutSetting(row, {
        severity: 'information',
        what: `random_page_cost is ${row.shown}, which is for rotating disks`,
        why: 'The planner takes a block at random for so many times as dear as the next one, and reads whole tables where an index would be faster. On SSDs and network storage both cost nearly the same.',
        fix: 'On SSDs set random_page_cost to 1.1, and compare the plans of the important statements before and after: it changes many at once. ALTER TABLESPACE … SET does it for one tablespace.',
        to: '1.1',
        evidence: [
          measured === undefined
            ? `What the disks are is not known; the database has ${formatBytes(bytes)}.`
            : `Reading a block took ${msWords(measured)} on average, by the statements of pg_stat_statements.`,
        ],
      }),
    ];
  },
});

function inverted(
  row: Parameters<typeof aboutSetting>[0],
  sequential: number,
): ReturnType<typeof aboutSetting> {
  return aboutSetting(row, {
    severity: 'information',
    what: `random_page_cost (${row.shown}) is below seq_page_cost (${sequential})`,
    why: 'No storage reads at random faster than in order. The planner prefers indexes even where the whole table is read.',
    fix: 'Set random_page_cost to no less than seq_page_cost. Where everything is cached, lower both alike.',
    to: String(Math.max(1.1, sequential)),
  });
}

/** @returns ms for a block that was not in shared buffers */
function readTime(context: CheckContext): number | undefined {
  const statements = context.part('statements');
  if (statements?.ioTiming !== true) return undefined;
  const ms = statements.rows.reduce((sum, row) => sum + (row.readMs ?? 0), 0);
  const blocks = statements.rows.reduce((sum, row) => sum + row.blocksRead, 0);
  return blocks < enoughReads ? undefined : ms / blocks;
}
