import type {LintFile} from '../../file.ts';
import {onceFor} from './once-for.ts';
import {commits, opener, opensTransaction, rollsBack} from './transactions.ts';

/** Whose transaction is open when a statement begins. */
export type OpenBy =
  /** The migration tool's own BEGIN. */
  | 'tool'
  /** Several statements in one message. */
  | 'query'
  /** A BEGIN of the file. */
  | 'file'
  | 'nobody';

/**
 * @returns for each statement of a file whose transaction it meets
 * Source: `BeginTransactionBlock` and `EndTransactionBlock` in src/backend/access/transam/xact.c of PostgreSQL
 */
export const openBy = onceFor(openIn);

function openIn(file: LintFile): readonly OpenBy[] {
  let open: OpenBy = 'nobody';
  let isToolOver = false;
  return file.statements.map(placed => {
    const own = opener(placed, file);
    if (open === 'query' && own !== 'query') open = 'nobody';
    if (open === 'nobody' && !(own === 'tool' && isToolOver)) open = own;
    const met = open;
    if (opensTransaction(placed.statement) && open !== 'tool') open = 'file';
    if (commits(placed.statement) || rollsBack(placed.statement)) {
      isToolOver ||= open === 'tool';
      open = placed.statement.node['chain'] === true ? 'file' : 'nobody';
    }
    return met;
  });
}
