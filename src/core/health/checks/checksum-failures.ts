import {counted} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {countedSince} from '../time.ts';
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
  look({database}, context) {
    const {now} = context;
    const since = sinceWords(countedSince(database, context.part('writing')), now);
    return database.damaged.map(({database: name, failures, last}): Found => {
      const where = name === undefined ? 'what all databases share' : `the database ${name}`;
      return {
        severity: 'error',
        ...(name === undefined ? {} : {subject: {kind: 'database', name}}),
        what: `${counted(failures, 'block')} in ${where} did not match ${failures === 1 ? 'its checksum' : 'their checksums'}`,
        why: 'What was read is not what was written: a disk, a controller, memory or a file system is failing, and data is lost already. Statements that read such a block fail with SQLSTATE XX001.',
        fix: 'Make sure that backups are kept and none is overwritten. Look into the log of the server for the files, move to other hardware or to a standby, and restore what is damaged.',
        evidence: [
          ...(last === undefined ? [] : [`The last was found ${msWords(now - last)} ago.`]),
          since,
          'One block that is read again counts again.',
        ],
        actions: [],
      };
    });
  },
});
