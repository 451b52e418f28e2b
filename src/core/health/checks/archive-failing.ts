import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {Parts} from '../parts.ts';
import {digits, many, msWords, sinceWords} from '../words.ts';

/** Finished files of WAL (16 MB unless told otherwise): an archive that works has none, or as many as a burst made. */
const waitingFrom = 50;

export const check = defineCheck({
  id: 'archive-failing',
  area: 'writing',
  title: 'WAL that does not reach the archive',
  page: {
    looks: `Whether the last attempt to archive a file failed, and whether more than ${waitingFrom} files wait for the archive.`,
    silent: 'Where archiving is off, and when a file was archived after the last failure.',
    sources: [
      'https://www.postgresql.org/docs/current/continuous-archiving.html',
      '`pg_stat_archiver`, `pg_ls_archive_statusdir()` for members of `pg_monitor` (14–18)',
    ],
  },
  needs: ['writing'],
  look({writing: {archive}}, {now}) {
    if (archive.mode === 'off') return [];
    const {lastFailed, lastArchived = 0, waiting = 0} = archive;
    const failing = lastFailed !== undefined && lastFailed > lastArchived;
    if (failing) return [failed(archive, now)];
    return waiting < waitingFrom ? [] : [behind(archive, now)];
  },
});

type Archive = Parts['writing']['archive'];

const common = {
  why: 'What is not in the archive is missing when the database is restored to a point in time. The server keeps each file until it is archived, so that pg_wal grows until the disk is full, and then the server stops.',
  actions: [],
} as const;

function failed({failed: times, lastFailed = 0, lastFailedFile, ...archive}: Archive, now: number): Found {
  return {
    ...common,
    severity: 'error',
    what: `The archive of the WAL has been failing${archive.lastArchived === undefined ? ' from the beginning' : ` for ${msWords(now - archive.lastArchived)}`}`,
    fix: 'Run archive_command by hand as the user of the server, or look into the log for what it says: mostly the target is full, not there, or refuses the key.',
    evidence: [
      `The last attempt, ${msWords(now - lastFailed)} ago, failed${lastFailedFile === undefined ? '' : ` with ${lastFailedFile}`}.`,
      `${many(times, 'attempt')} failed, ${many(archive.archived, 'file')} ${archive.archived === 1 ? 'was' : 'were'} archived.`,
      ...(archive.waiting === undefined
        ? []
        : [
            `${counted(archive.waiting, 'file')} ${archive.waiting === 1 ? 'waits' : 'wait'} for the archive.`,
          ]),
      sinceWords(archive.resetAt, now),
    ],
  };
}

function behind({waiting = 0, lastArchived}: Archive, now: number): Found {
  return {
    ...common,
    severity: lastArchived === undefined ? 'error' : 'warning',
    what: `${digits(waiting)} files of WAL wait for the archive`,
    fix:
      lastArchived === undefined
        ? 'Set archive_command or archive_library; with archive_mode on and neither of them, every file is kept.'
        : 'Make the archive faster than the WAL is written: compress less, send several files at once, or use a tool that does.',
    evidence: [
      lastArchived === undefined
        ? 'No file was archived yet.'
        : `The last file was archived ${msWords(now - lastArchived)} ago.`,
    ],
  };
}
