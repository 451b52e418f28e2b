import {commandOf} from '../explain/gate/refusal.ts';
import {field} from '../sql/objects.ts';
import type {Statement} from '../sql/parser.ts';

/** Longer than any command's name with the words between. */
const longestCommand = 300;

/** @returns the command in PostgreSQL's words: `ALTER TABLE`. */
export function commandName(statement: Statement, sql: string): string {
  const end = Math.min(statement.end, statement.start + longestCommand);
  return commandOf({...statement, end}, sql);
}

/** BEGIN, COMMIT, SAVEPOINT and their like. */
export function isControl({kind}: Pick<Statement, 'kind'>): boolean {
  return kind === 'TransactionStmt';
}

/** @returns the `TRANS_STMT_…` of a statement of transaction control */
export function controlOf({kind, node}: Pick<Statement, 'kind' | 'node'>): string | undefined {
  return kind === 'TransactionStmt' && typeof node['kind'] === 'string' ? node['kind'] : undefined;
}

/** SET TRANSACTION has to come before anything that reads, and so before any look. */
export function isTransactionSetting({kind, node}: Pick<Statement, 'kind' | 'node'>): boolean {
  return kind === 'VariableSetStmt' && node['kind'] === 'VAR_SET_MULTI' && node['name'] === 'TRANSACTION';
}

const cursorWithHold = 32;

/**
 * Statements that fail, or do nothing, outside of a transaction block: one that a tool sends alone must not get a block
 * from its rehearsal. Source: `RequireTransactionBlock` and `WarnNoTransactionBlock` in utility.c
 */
export function needsNoBlock({kind, node}: Pick<Statement, 'kind' | 'node'>): boolean {
  if (kind === 'LockStmt' || kind === 'ConstraintsSetStmt') return true;
  if (kind === 'DeclareCursorStmt') return (Number(node['options']) & cursorWithHold) === 0;
  return kind === 'VariableSetStmt' && (node['is_local'] === true || node['name'] === 'TRANSACTION');
}

/** SET does, and so can every function. */
export function maySet({kind}: Pick<Statement, 'kind'>): boolean {
  return ['VariableSetStmt', 'SelectStmt', 'DoStmt', 'CallStmt', 'DiscardStmt'].includes(kind);
}

/** What a new file of a table means after such a statement; a function can do both. */
export function rewritesOf({kind}: Pick<Statement, 'kind'>): 'always' | 'unless-emptied' | 'never' {
  if (kind === 'TruncateStmt') return 'never';
  return rewriting.has(kind) ? 'always' : 'unless-emptied';
}

const rewriting = new Set([
  'AlterTableStmt',
  'AlterTableMoveAllStmt',
  'ClusterStmt',
  'VacuumStmt',
  'RefreshMatViewStmt',
]);

const data = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'SelectStmt', 'CopyStmt']);

/** Which of a table's rows it reads is the planner's choice, which depends on the rows. */
export function isData({kind}: Pick<Statement, 'kind'>): boolean {
  return data.has(kind);
}

/** UPDATE and DELETE without WHERE read every row, whatever the planner knows. */
export function readsEveryRow({kind, node}: Pick<Statement, 'kind' | 'node'>): boolean {
  return (kind === 'UpdateStmt' || kind === 'DeleteStmt') && node['whereClause'] === undefined;
}

/**
 * @returns what two statements have in common that can be sent together and looked at once: INSERT … VALUES into the same
 * table, which files with data have by the thousand. Nothing for others
 */
export function sortOfInsert({kind, node}: Pick<Statement, 'kind' | 'node'>): string | undefined {
  const values = field(field(node, 'selectStmt'), 'SelectStmt')['valuesLists'];
  if (kind !== 'InsertStmt' || !Array.isArray(values) || node['withClause'] !== undefined) return undefined;
  const {schemaname, relname} = field(node, 'relation');
  return JSON.stringify([schemaname, relname]);
}
