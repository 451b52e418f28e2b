import type {
  HistoryProblem,
  MigrationState,
  MigrationStatus,
  Position,
  Status,
} from '../../core/migrations/migration.ts';
import type {Terms} from '../../frameworks/framework.ts';
import type {Paint, Style} from '../paint.ts';
import {table, type Cell} from './table.ts';

interface Look {
  readonly mark: string;
  readonly words: string;
  readonly style: Style;
}

/** The mark and the words say it all; the colour repeats it. */
const looks: Readonly<Record<MigrationState['kind'], Look>> = {
  pending: {mark: '○', words: 'pending', style: 'yellow'},
  applied: {mark: '✓', words: 'applied', style: 'green'},
  failed: {mark: '✗', words: 'failed', style: 'red'},
  running: {mark: '…', words: 'running now', style: 'yellow'},
  'missing-file': {mark: '?', words: 'applied, but its file is missing', style: 'red'},
  'never-runs': {mark: '!', words: 'will never run: older than the current version', style: 'yellow'},
  edited: {mark: '~', words: 'applied, and its file was edited since', style: 'yellow'},
};

/** @returns a line for each migration, then what is wrong with the history */
export function renderStatus(
  status: Status,
  terms: Terms,
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const rows = status.migrations.map(entry => row(entry, terms, paint));
  const problems = [
    ...status.problems.map(problem => describeProblem(problem, showPath)),
    ...elsewhere(status),
  ];
  const list = rows.length === 0 ? 'No migration files.\n' : table(rows);
  return list + problems.map(text => `${paint('yellow', 'warning:')} ${text}\n`).join('');
}

/** @returns such as `at 000012, 3 pending` */
export function describePosition(status: Status, terms: Terms): string {
  const pending = countPending(status);
  const waiting = pending === 0 ? 'nothing pending' : `${pending} pending`;
  return `${positionWords(status.position, status.migrations, terms)}, ${waiting}`;
}

/** @returns how many migrations would run when all were applied */
export function countPending(status: Status): number {
  return status.migrations.filter(entry => entry.state.kind === 'pending').length;
}

/** @returns the position in words, with versions as the file names write them */
export function positionWords(
  position: Position | {readonly kind: 'unknown'},
  migrations: readonly MigrationStatus[],
  terms: Terms,
): string {
  const label = (id: string): string =>
    migrations.find(entry => entry.migration.id === id)?.migration.label ?? id;
  switch (position.kind) {
    case 'none':
      return 'at no version';
    case 'at':
      return `at ${label(position.id)}`;
    case 'heads':
      return `at the heads ${position.ids.map(label).join(' and ')}`;
    case 'failed':
      // golang-migrate's -1: the first migration failed to roll back, and there is no version below it.
      return position.id === '-1'
        ? `${failedWords(terms)} at no version`
        : `${failedWords(terms)} at ${label(position.id)}`;
    case 'unknown':
      return 'unknown: the connection was lost';
    default:
      return position satisfies never;
  }
}

/** In the tool's own word, where it has one. */
function failedWords({failed}: Terms): string {
  return failed === undefined || failed === 'failed' ? 'failed' : `failed (${failed})`;
}

function row({migration, state, appliedAt}: MigrationStatus, terms: Terms, paint: Paint): readonly Cell[] {
  const look = looks[state.kind];
  const inStyle = (text: string): string => paint(look.style, text);
  const words = state.kind === 'failed' ? failedWords(terms) : look.words;
  const current = state.kind === 'applied' && state.current;
  return [
    {text: look.mark, paint: inStyle},
    {text: migration.label},
    {text: migration.title},
    {text: current ? `${words} ← current` : words, paint: inStyle},
    ...(appliedAt === undefined ? [] : [{text: appliedAt, paint: (text: string) => paint('dim', text)}]),
  ];
}

function describeProblem(problem: HistoryProblem, showPath: (path: string) => string): string {
  const paths = problem.paths.map(showPath).join(', ');
  switch (problem.kind) {
    case 'duplicate-version':
      return `Version ${problem.id} has several files in one direction: ${paths}. Nothing runs until one is renumbered.`;
    case 'missing-up':
      return `Version ${problem.id} has no up file: ${paths}.`;
    case 'missing-down':
      return `Version ${problem.id} has nothing to roll it back with: ${paths}.`;
    case 'other':
      return paths === '' ? problem.words : `${problem.words} (${paths})`;
    default:
      return problem satisfies never;
  }
}

function elsewhere({bookkeeping}: Status): readonly string[] {
  if (bookkeeping.exists || bookkeeping.elsewhere.length === 0) return [];
  return [
    `${bookkeeping.table} does not exist, but ${bookkeeping.elsewhere.join(', ')} does: is search_path or --table right?`,
  ];
}
