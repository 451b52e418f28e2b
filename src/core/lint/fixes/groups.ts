import type {AddedMigration} from '../finding.ts';
import type {LintFile, PlacedStatement} from '../file.ts';
import type {Step} from '../remedy.ts';
import type {LintStatement} from '../statement.ts';
import {asWritten, inManner, type Manner} from './text.ts';

/** Steps that may share a transaction; those that run alone are groups of one. */
export type Group = readonly [Step, ...Step[]];

export function groupsOf(steps: readonly Step[]): readonly Group[] {
  const groups: [Step, ...Step[]][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.how === 'any' && last && last[0].how !== 'alone') last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** @returns one migration for each group; undefined where its text is not certain */
export function addsOf(
  groups: readonly Group[],
  placed: PlacedStatement,
  {path}: LintFile,
  manner: Manner,
): readonly AddedMigration[] | undefined {
  const {lineEnd} = manner;
  const texts = (statements: readonly string[]): string | undefined => {
    const written = statements.map(sql =>
      asWritten(inManner(sql, {...manner, indent: ''}, placed.statement.sql), placed.passage, path),
    );
    return written.includes(undefined) ? undefined : written.map(sql => `${sql};${lineEnd}`).join('');
  };
  const adds: AddedMigration[] = [];
  for (const group of groups) {
    const up = texts(group.map(({sql}) => sql));
    const down = texts(group.toReversed().flatMap(({undo}) => (undo === '' ? [] : [undo])));
    if (up === undefined || down === undefined) return undefined;
    adds.push({title: group[0].title, up, down});
  }
  return adds;
}

/** BEGIN, COMMIT and settings of the session: a file with nothing else does nothing. */
export function isFrame({kind, node}: LintStatement): boolean {
  return kind === 'TransactionStmt' || (kind === 'VariableSetStmt' && isTimeout(node['name']));
}

function isTimeout(name: unknown): boolean {
  return typeof name === 'string' && name.endsWith('_timeout');
}

/** It runs outside of a transaction, or loses nothing there. */
export function needsNoTransaction(statement: LintStatement): boolean {
  const {kind, node} = statement;
  if (isFrame(statement)) return true;
  if (kind === 'IndexStmt' || kind === 'DropStmt') return node['concurrent'] === true;
  if (kind === 'ReindexStmt') return statement.find('CONCURRENTLY') !== undefined;
  return kind === 'VacuumStmt' && node['is_vacuumcmd'] === true;
}
