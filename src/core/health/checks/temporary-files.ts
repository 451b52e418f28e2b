import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {countedSince, perDay} from '../time.ts';
import {digits, sinceWords} from '../words.ts';

const gigabyte = 1024 ** 3;
/** In a day: more than what a nightly report or the building of an index leaves. */
const tellFrom = 20 * gigabyte;
/** In a second, between two looks: the disks are busy with it now. */
const warnFrom = 50 * 1024 ** 2;

export const check = defineCheck({
  id: 'temporary-files',
  area: 'queries',
  title: 'Sorts and hashes that go to disk',
  page: {
    looks: `Bytes of temporary files. Told from ${formatBytes(tellFrom)} a day on, averaged since the counters were reset; as a warning
when ${formatBytes(warnFrom)} were written in each second between two looks.`,
    silent: 'When the counters do not count for an hour yet, and nothing is written now.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM',
      '`pg_stat_database.temp_bytes` and `temp_files` (14–18)',
    ],
  },
  needs: ['database'],
  look({database}, context) {
    const {now, rates} = context;
    const {temporaryBytes, temporaryFiles} = database.counters;
    const since = countedSince(database, context.part('writing'));
    const daily = perDay(temporaryBytes, since, now) ?? 0;
    const current = rates?.temporaryBytes ?? 0;
    if (daily < tellFrom && current < warnFrom) return [];
    const average = formatBytes(Math.round(temporaryBytes / Math.max(1, temporaryFiles)));
    return [
      {
        severity: current >= warnFrom ? 'warning' : 'information',
        what:
          current >= warnFrom
            ? `${formatBytes(Math.round(current))} of temporary files are written each second`
            : `${formatBytes(Math.round(daily))} of temporary files are written each day`,
        why: 'A sort, a hash or a materialised result that does not fit into work_mem goes to disk, which takes several times as long and keeps the disks from others.',
        fix: 'Find the statements by log_temp_files or by temp_blks_written of pg_stat_statements. Let an index deliver the order, or raise work_mem for the role or the statement; for all sessions it is multiplied by their number.',
        evidence: [`${digits(temporaryFiles)} files of ${average} on average.`, sinceWords(since, now)],
        actions: [],
      },
    ];
  },
});
