import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {digits, shortName} from '../words.ts';

/** Without knowing the memory: few machines have more. */
const large = 256 * 1024 ** 3;
/** With it, never below: such a table is vacuumed, indexed and dumped in an hour. */
const least = 64 * 1024 ** 3;

export const check = defineCheck({
  id: 'table-large-unpartitioned',
  area: 'tables',
  title: 'Large tables without partitions',
  page: {
    looks:
      'A table is larger than the memory of the machine, from when on PostgreSQL’s documentation finds partitions worth while, and larger than 64 GB. Where the memory is not known, 256 GB.',
    silent: 'Partitions.',
    sources: [
      'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-OVERVIEW',
      '`pg_class`',
    ],
  },
  needs: ['tables'],
  look({tables}, {memoryBytes: memory}) {
    const limit = memory === undefined ? large : Math.max(least, memory);
    return tables.rows
      .filter(({kind, parent, bytes}) => kind === 'table' && parent === undefined && bytes > limit)
      .map(row => ({
        severity: 'information',
        subject: {kind: 'table', schema: row.schema, name: row.name},
        what: `${shortName(row)} has ${formatBytes(row.bytes)} and no partitions`,
        why: 'VACUUM, CREATE INDEX and a dump have to go through all of it at once, and old rows leave it one by one and leave holes. Where most queries want the rows of one time or one tenant, partitions keep the rest out of the way.',
        fix: 'Partition it where its rows come and go by time or tenant, and queries name that column: every unique key has to hold it. Where rows are neither removed nor read by such a column, leave it as it is.',
        evidence: [
          `${formatBytes(row.heapBytes)} in the table, ${formatBytes(row.indexBytes)} in indexes, ${formatBytes(row.toastBytes)} in TOAST, ${digits(row.rows ?? row.live)} rows.`,
          memory === undefined
            ? 'How much memory the machine has is not known.'
            : `The machine has ${formatBytes(memory)} of memory.`,
        ],
        actions: [],
      }));
  },
});
