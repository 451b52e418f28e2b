import type {Reconciliation, ReconcilingStatement} from '../reconciliation.ts';
import {titleOf} from './title.ts';
import {undoOf} from './undo.ts';

/** One migration: what it does and what undoes exactly that. */
export interface MigrationText {
  /** Words that a file name can be made of. */
  readonly title: string;
  readonly up: string;
  readonly down: string;
}

/**
 * Statements that PostgreSQL refuses in a transaction are a migration each, because tools send a file as one query.
 * @param up what `reconcile` returned
 * @param down what it returned for the way back
 * @param inUse false where nobody can queue behind what is made
 * @returns the migrations in the order in which they run; each one's `down` undoes its own `up`
 */
export function migrationTexts(
  up: Reconciliation,
  down: Reconciliation,
  {inUse = true}: {readonly inUse?: boolean} = {},
): readonly MigrationText[] {
  const files = filesOf(up.statements);
  const undo = undoOf(files, down.statements);
  return files.map((statements, at) => ({
    title: titleOf(statements),
    up: textOf(statements, inUse),
    down: textOf(undo[at] ?? [], inUse),
  }));
}

function filesOf(statements: readonly ReconcilingStatement[]): readonly (readonly ReconcilingStatement[])[] {
  const files: ReconcilingStatement[][] = [];
  for (const [at, statement] of statements.entries()) {
    const before = statements[at - 1];
    const file = files.at(-1);
    if (file && before && belongTogether(before, statement)) file.push(statement);
    else files.push([statement]);
  }
  return files;
}

function belongTogether(before: ReconcilingStatement, next: ReconcilingStatement): boolean {
  if (before.transaction === 'outside' || next.transaction === 'outside') return false;
  return before.apart === next.apart || next.apart !== true;
}

function textOf(statements: readonly ReconcilingStatement[], inUse: boolean): string {
  if (statements.length === 0)
    return '-- Nothing is to be undone here: the migration before undoes it too.\n';
  const caution = inUse && statements.some(({sql}) => sql.startsWith('ALTER TABLE ')) ? lockTimeout : '';
  return `${caution}${statements.map(statementText).join('\n\n')}\n`;
}

const lockTimeout = `-- Set lock_timeout first, such as SET lock_timeout = '5s', so that nobody queues behind it for long.\n\n`;

function statementText({sql, note, loses}: ReconcilingStatement): string {
  const comments = [
    ...(loses === undefined ? [] : [`Lost with this: ${loses}`]),
    ...(note === undefined ? [] : [note]),
  ];
  return [...comments.map(words => `-- ${words.replaceAll(/\s*[\r\n]+\s*/g, ' ')}`), `${sql};`].join('\n');
}
