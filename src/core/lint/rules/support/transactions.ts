import {controlOf} from '../../../rehearse/statement-nature.ts';
import type {LintFile, Passage, PlacedStatement} from '../../file.ts';
import type {LintStatement} from '../../statement.ts';
import {onceFor} from './once-for.ts';

export function opensTransaction(statement: Pick<LintStatement, 'kind' | 'node'>): boolean {
  return ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'].includes(controlOf(statement) ?? '');
}

export function commits(statement: Pick<LintStatement, 'kind' | 'node'>): boolean {
  return controlOf(statement) === 'TRANS_STMT_COMMIT';
}

/** ROLLBACK of all, not to a savepoint. */
export function rollsBack(statement: Pick<LintStatement, 'kind' | 'node'>): boolean {
  return controlOf(statement) === 'TRANS_STMT_ROLLBACK';
}

const statementsByPassage = onceFor((file: LintFile) => {
  const counts = new Map<Passage, number>();
  for (const {passage} of file.statements) counts.set(passage, (counts.get(passage) ?? 0) + 1);
  return counts;
});

/**
 * Who opens a transaction around a statement before the file does. `tool`: the migration tool, with BEGIN. `query`:
 * PostgreSQL, for several statements in one message. `nobody`: each statement is by itself.
 */
export function opener({passage}: PlacedStatement, file: LintFile): 'tool' | 'query' | 'nobody' {
  if (passage.block !== undefined) return 'tool';
  if (passage.sent === 'each') return 'nobody';
  return (statementsByPassage(file).get(passage) ?? 0) > 1 ? 'query' : 'nobody';
}
