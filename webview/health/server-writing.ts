import {formatBytes, formatMs, formatRows} from '../../src/core/explain/words.ts';
import {block, factList, worth} from './block.ts';
import {ago, duration, moment, percent} from './format.ts';
import {readAt, seen} from './model.ts';
import type {Panel, Part} from './panel.ts';

export function writingBlock(panel: Panel): Part {
  return block(panel, {
    title: 'WAL, checkpoints and archive',
    parts: ['writing'],
    area: 'writing',
    content: ({reading}) => {
      const part = seen(reading, 'writing');
      if (part === undefined) return [];
      const {archive, resetAt, walDirectoryBytes, buffersBackend, maxWalBytes} = part;
      const now = readAt(reading, 'writing');
      const timed = part.checkpointsTimed;
      const all = timed + part.checkpointsRequested;
      const failing = archive.lastFailed !== undefined && archive.lastFailed > (archive.lastArchived ?? 0);
      return [
        factList(
          ['WAL written', `${formatBytes(part.walBytes)} in ${formatRows(part.walRecords)} records`],
          [
            'Full-page images',
            formatRows(part.fullPageImages),
            'Whole pages in the WAL, written after each checkpoint',
          ],
          [
            'WAL buffers full',
            formatRows(part.buffersFull),
            'Times that WAL had to be written because wal_buffers were full',
          ],
          [
            'pg_wal',
            walDirectoryBytes === undefined
              ? undefined
              : worth(
                  `${formatBytes(walDirectoryBytes)} (max_wal_size ${formatBytes(maxWalBytes)})`,
                  walDirectoryBytes > 2 * maxWalBytes + part.keptWalBytes,
                ),
          ],
          [
            'Checkpoints',
            all === 0
              ? 'none yet'
              : `${formatRows(timed)} by time, ${formatRows(part.checkpointsRequested)} asked for (${percent(part.checkpointsRequested / all)})`,
            'Those that were asked for mostly come because max_wal_size was reached',
          ],
          ['Checkpoint timeout', duration(part.checkpointTimeoutMs)],
          [
            'Checkpoint writing',
            `${formatMs(part.checkpointWriteMs)}, syncing ${formatMs(part.checkpointSyncMs)}`,
          ],
          [
            'Buffers written',
            `${formatRows(part.buffersCheckpoint)} by checkpoints, ${formatRows(part.buffersBackground)} by the background writer${buffersBackend === undefined ? '' : `, ${formatRows(buffersBackend)} by sessions`}`,
          ],
          [
            'Archive',
            archive.mode === 'off'
              ? 'off'
              : worth(
                  failing
                    ? `failing: ${archive.lastFailedFile ?? 'a file'} failed ${ago(archive.lastFailed, now)}; last archived ${ago(archive.lastArchived, now)}`
                    : `${formatRows(archive.archived)} files, the last ${ago(archive.lastArchived, now)}`,
                  failing,
                ),
          ],
          [
            'Archive failures',
            archive.mode === 'off' || archive.failed === 0 ? undefined : formatRows(archive.failed),
          ],
          ['Counted since', resetAt === undefined ? undefined : moment(resetAt, panel.now())],
        ),
      ];
    },
  });
}
