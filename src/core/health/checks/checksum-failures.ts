import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {msWords, sinceWords} from '../words.ts';

export const check = defineCheck({
  id: 'checksum-failures',
  area: 'writing',
  title: 'Blocks that the disks gave back damaged',
  page: {
    looks: 'Failures of data checksums, in all databases and in what they share. One is an error.',
    silent: 'Where checksums are off, nothing is counted.',
    sources: [
      'https://www.postgresql.org/docs/current/checksums.html',
      '`pg_stat_database.checksum_failures` and `checksum_last_failure` (14–18)',
    ],
  },
  needs: ['database'],
  look({database: {damaged, counters}}, {now}) {
    return damaged.map(({database, failures, last}): Found => {
      const where = database === undefined ? 'what all databases share' : `the database ${database}`;
      return {
        severity: 'error',
        ...(database === undefined ? {} : {subject: {kind: 'database', name: database}}),
        what: `${counted(failures, 'block')} in ${where} did not match ${failures === 1 ? 'its checksum' : 'their checksums'}`,
        why: 'What was read is not what was written: a disk, a controller, memory or a file system is failing, and data is lost already. Statements that read such a block fail with SQLSTATE XX001.',
        fix: 'Make sure that backups are kept and none is overwritten. Look into the log of the server for the files, move to other hardware or to a standby, and restore what is damaged.',
        evidence: [
          ...(last === undefined ? [] : [`The last was found ${msWords(now - last)} ago.`]),
          sinceWords(counters.resetAt, now),
          'One block that is read again counts again.',
        ],
        actions: [],
      };
    });
  },
});
