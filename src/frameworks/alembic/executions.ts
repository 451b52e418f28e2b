import type {Execution} from '../../core/alembic/new-revision.ts';
import {runsAlone} from '../../core/migrations/runs-alone.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {refusesTransaction, statementsOf} from '../shared/statements.ts';

/**
 * One execution for each statement, none for a text without any, with the comments before it: not every driver sends several at once, and several are
 * one transaction block to the server.
 * @param outside whether all of them run outside of a transaction; else those that PostgreSQL refuses in one do,
 * and blocks that commit
 */
export async function executionsOf(
  parser: Parser,
  sql: string,
  outside = false,
): Promise<readonly Execution[]> {
  const statements = await statementsOf(parser, sql);
  if (!statements) return [{sql, outside}];
  const ends = statements.map(({end}) => end + (/^\s*;/.exec(sql.slice(end))?.[0].length ?? 0));
  return statements.map((statement, index) => {
    const text = sql.slice(ends[index - 1] ?? 0, index === ends.length - 1 ? undefined : ends[index]);
    const commits = statement.kind === 'DoStmt' && runsAlone(text);
    return {sql: text, outside: outside || commits || refusesTransaction(statement)};
  });
}
