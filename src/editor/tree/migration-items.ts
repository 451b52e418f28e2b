import {l10n, ThemeColor, ThemeIcon, TreeItemCollapsibleState, Uri, type TreeItem} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeHolder} from '../../core/migrations/lock-holder.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Failure} from '../../core/outcome.ts';
import type {Project} from '../../frameworks/framework.ts';
import {drawLane, headsOf} from '../alembic/lane-item.ts';
import {describeStatus, isBlocked, lookOf, stumblingBlocks, withoutDown} from '../migrations/words.ts';
import type {NodeOf} from './node.ts';
import {lines, row} from './row.ts';

/** What rows of migrations need to know beside their own data. */
export interface MigrationContext {
  status(connection: Connection, project: Project): Status | undefined;
  /** Why there is no status, or none that is still true. */
  failure(connection: Connection, project: Project): Failure | undefined;
  /** What a project is called beside the others. */
  projectLabel(project: Project): string;
  frameworkName(project: Project): string;
  /** What is found in files, in a few words; empty for nothing. */
  findings(paths: readonly string[]): string;
}

/** @returns the row of a project: where it stands, and what keeps it from going on. */
export function projectItem({connection, project}: NodeOf<'project'>, context: MigrationContext): TreeItem {
  const failure = context.failure(connection, project);
  const status = failure ? undefined : context.status(connection, project);
  const failed = status?.position.kind === 'failed' && !status.runner;
  const pending = status?.migrations.some(entry => entry.state.kind === 'pending') ?? false;
  const framework = context.frameworkName(project);
  return row(
    context.projectLabel(project),
    failed
      ? new ThemeIcon('error', new ThemeColor('errorForeground'))
      : failure || (status && isBlocked(status))
        ? new ThemeIcon('warning', new ThemeColor('list.warningForeground'))
        : 'versions',
    {
      state: TreeItemCollapsibleState.Collapsed,
      context: [
        'project',
        failed ? 'failed' : pending ? 'pending' : 'settled',
        ...abilities(project, status),
        ...alembicMarks(project, status),
        ...(status?.migrations.length === 0 ? ['empty'] : []),
      ].join(','),
      description: failure
        ? [l10n.t('cannot be read'), framework].join(' · ')
        : describeStatus(framework, status),
      tooltip: lines(
        failure?.message,
        failure?.advice,
        project.folder,
        seenWords(project, framework),
        ...(status ? statusLines(status) : []),
        headsWords(project, status),
        ...Object.values(project.can.why ?? {}),
      ),
    },
  );
}

function seenWords({seenBy}: Project, framework: string): string {
  switch (seenBy) {
    case 'setting':
      return l10n.t('{0}, as the settings say', framework);
    case 'configuration':
      return l10n.t('{0}, as its configuration says', framework);
    case 'files':
      return l10n.t('{0}, as its files look', framework);
    default:
      return seenBy satisfies never;
  }
}

function statusLines(status: Status): readonly (string | undefined)[] {
  const {runner, bookkeeping} = status;
  const {table, exists, elsewhere} = bookkeeping;
  return [
    runner && l10n.t('A runner is at work: {0}', describeHolder(runner)),
    l10n.t('Bookkeeping: {0}', table),
    exists ? undefined : l10n.t('The table does not exist yet; the first apply creates it.'),
    elsewhere.length > 0
      ? l10n.t('Tables of the same shape elsewhere: {0}. Is search_path right?', elsewhere.join(', '))
      : undefined,
    ...stumblingBlocks(status).map(({words}) => words),
  ];
}

/** What the menus of Alembic's own commands ask for. */
function alembicMarks({framework}: Project, status: Status | undefined): readonly string[] {
  if (framework !== 'alembic') return [];
  return ['alembic', ...(headsIn(status).length > 1 ? ['severalHeads'] : [])];
}

function headsWords({framework}: Project, status: Status | undefined): string | undefined {
  const heads = headsIn(status);
  return framework === 'alembic' && heads.length > 0
    ? l10n.t('Heads of the files: {0}', heads.join(', '))
    : undefined;
}

function headsIn(status: Status | undefined): readonly string[] {
  return headsOf(status?.migrations.map(({migration}) => migration) ?? []);
}

/** What the manifest's menus ask for. */
/** What is offered, as far as it is known: nothing is rolled back where nothing is applied. */
function abilities({can}: Project, status?: Status): readonly string[] {
  const back = can.rollBack && status?.position.kind !== 'none';
  return [...(back ? ['canRollBack'] : []), ...(can.force ? ['canForce'] : [])];
}

/** @returns the row of something that the tool stumbles over. */
export function historyProblemItem({problem}: NodeOf<'history-problem'>): TreeItem {
  const {words, refused, paths} = problem;
  const item = row(
    words,
    refused
      ? new ThemeIcon('error', new ThemeColor('errorForeground'))
      : new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
    {context: 'history-problem', tooltip: lines(words, ...paths)},
  );
  const [path] = paths;
  if (path !== undefined) item.command = openCommand(path);
  return item;
}

/** @returns the row of a migration: its state, and what leads to its file. */
export function migrationItem(
  {entry, project, lane}: NodeOf<'migration'>,
  context: MigrationContext,
): TreeItem {
  const {migration, state, appliedAt} = entry;
  const look = lookOf(state, project.terms);
  const name = [migration.label, migration.title].filter(Boolean).join(' ');
  const paths = [...new Set([migration.up, migration.down].flatMap(path => path ?? []))];
  const item = row(name, look.icon, {
    context: [
      'migration',
      state.kind,
      ...(state.kind === 'applied' ? [state.current ? 'current' : 'earlier'] : []),
      ...(migration.up === undefined ? [] : ['up']),
      ...(migration.down === undefined ? [] : ['down']),
      ...abilities(project),
      ...(project.framework === 'alembic' ? ['alembic'] : []),
    ].join(','),
    description: [look.word, context.findings(paths)].filter(Boolean).join(' · '),
    tooltip: lines(
      name,
      look.meaning,
      appliedAt === undefined ? undefined : l10n.t('Applied at: {0}', appliedAt),
      migration.down === undefined ? withoutDown(project) : undefined,
      ...(migration.graph?.branchLabels.map(label => l10n.t('Branch: {0}', label)) ?? []),
    ),
  });
  if (lane) drawLane(item, migration, lane);
  const [path] = paths;
  if (path !== undefined) item.command = openCommand(path);
  return item;
}

function openCommand(path: string): NonNullable<TreeItem['command']> {
  return {command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.file(path)]};
}
