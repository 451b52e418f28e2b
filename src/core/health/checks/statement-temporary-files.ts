import {formatBytes} from '../../catalog/format.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {defineCheck, type CheckContext} from '../check.ts';
import type {Found} from '../finding.ts';
import type {StatementRow, StatementsPart} from '../parts/statements.ts';
import {memoryValue, settingOf} from '../settings/value.ts';
import {
  excerpt,
  explainActions,
  isMaintenance,
  statementEvidence,
  statementSubject,
} from '../statement-words.ts';
import {sinceWords} from '../words.ts';

const block = 8192;
const MB = 1024 ** 2;
/** Written by one call: less fits into a work_mem that is a little larger than the default. */
const each = MB;
/** Written in all. */
const noticeable = 256 * MB;
const much = 50 * 1024 * MB;
/** Rows take more room in memory than in a temporary file. */
const inMemory = 2;
/** A larger work_mem for one statement is a risk of its own. */
const reasonable = 512 * MB;
const shown = 5;

export const check = defineCheck({
  id: 'statement-temporary-files',
  area: 'queries',
  title: 'Statements that sort and hash on disk',
  page: {
    looks:
      'A statement wrote 1 MB and more of temporary files in each call and 256 MB in all. A warning from 50 GB on. The first five are told.',
    silent: 'CREATE INDEX and other statements that use `maintenance_work_mem`.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM',
      '`pg_stat_statements.temp_blks_written`',
    ],
  },
  needs: ['statements'],
  look({statements}, context) {
    return statements.rows
      .filter(
        row => writtenBy(row) >= noticeable && writtenBy(row) >= each * row.calls && !isMaintenance(row),
      )
      .toSorted((a, b) => b.temporaryWritten - a.temporaryWritten)
      .slice(0, shown)
      .map(row => findingOf(row, statements, context));
  },
});

const writtenBy = ({temporaryWritten}: StatementRow): number => temporaryWritten * block;

function findingOf(row: StatementRow, statements: StatementsPart, context: CheckContext): Found {
  const call = writtenBy(row) / Math.max(1, row.calls);
  const wanted = 2 ** Math.ceil(Math.log2((call * inMemory) / MB)) * MB;
  const settings = context.part('settings');
  const now = settings && settingOf(settings, 'work_mem')?.shown;
  return {
    severity: writtenBy(row) >= much ? 'warning' : 'information',
    subject: statementSubject(row),
    what: `“${excerpt(row)}” writes ${formatBytes(Math.round(call))} of temporary files in each call`,
    why: `What it sorts or hashes does not fit into work_mem${now === undefined ? '' : ` (${now})`}, so it goes to the disk and comes back.`,
    fix:
      wanted > reasonable
        ? 'Look in its plan whether so many rows have to be sorted or hashed: an index in the order that is asked for, a condition that comes earlier, or fewer columns help more than memory.'
        : `Give it a larger work_mem for its transaction (SET LOCAL) or for its role; not for the whole server, because every sort of every session may take it. An index in the order that is asked for saves the sort.`,
    evidence: [
      `It wrote ${formatBytes(writtenBy(row))} in all; with little work_mem the same rows are written more than once.`,
      ...statementEvidence(row, statements),
      sinceWords(statements.resetAt, context.now),
    ],
    actions: [
      ...explainActions(row),
      ...(wanted > reasonable
        ? []
        : [
            {
              kind: 'show-sql' as const,
              title: 'Give its role a larger work_mem',
              sql: `-- For one transaction:\nSET LOCAL work_mem = '${memoryValue(wanted)}';\n-- Or for new sessions of the role:\nALTER ROLE ${quoteWhereNeeded(row.user)} SET work_mem = '${memoryValue(wanted)}';`,
            },
          ]),
    ],
  };
}
