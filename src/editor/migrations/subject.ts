import {commands, l10n, Uri, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import type {Project} from '../../frameworks/framework.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import {askPick} from '../input-flow.ts';
import {folderOf} from './project-words.ts';
import {projectsOf} from './projects-of.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';

/** What a migration command is for. */
export interface Subject {
  readonly connection: Connection;
  readonly project: Project;
  readonly migration?: Migration;
}

/**
 * Finds what a command is for: the tree item it was chosen on, the file it was chosen in, or else what the user
 * picks, with the target connection taken as given.
 * @returns nothing when the user left, or when there is nothing to work on (said so)
 */
export async function subjectOf(parts: Parts, argument: unknown): Promise<Subject | undefined> {
  const data = argument instanceof TreeNode ? argument.data : undefined;
  // A row may be older than the last change of its environment or its read-only switch.
  const asItIsNow = (shown: Connection): Connection => parts.connections.get(shown.id) ?? shown;
  if (data?.kind === 'project') return {connection: asItIsNow(data.connection), project: data.project};
  if (data?.kind === 'migration') {
    const {connection, project, entry} = data;
    return {connection: asItIsNow(connection), project, migration: entry.migration};
  }
  await parts.projects.ready();
  const file = parts.projects.file(argument instanceof Uri ? argument : (activeFile() ?? Uri.file('/')));
  const connection = data?.kind === 'connection' ? asItIsNow(data.connection) : await pickConnection(parts);
  if (!connection) return undefined;
  const project = file?.project ?? (await pickProject(parts, connection));
  if (!project) return undefined;
  return {connection, project, ...(file ? {migration: file.migration} : {})};
}

/** What the project picked last is remembered under, for the workspace. */
const lastPicked = 'migrations.project';

/**
 * @param connection what the project is for, where that is known already
 * @returns the only project, or the one that the user picks, the last one first
 */
export function pickProject(parts: Parts, connection?: Connection): Promise<Project | undefined> {
  return pickCommonProject(parts, connection ? [connection] : []);
}

/** @returns the only project that all of the connections have, or the one that the user picks */
export async function pickCommonProject(
  parts: Parts,
  connections: readonly Connection[],
): Promise<Project | undefined> {
  const {projects, context} = parts;
  await projects.ready();
  const all = projects
    .list()
    .filter(project => connections.every(connection => projectsOf(connection, parts).includes(project)));
  if (all.length === 0) return offerStart();
  if (all.length === 1) return all[0];
  const items = all.map(project => ({
    label: folderOf(project),
    description: projects.frameworkName(project),
    project,
  }));
  const last = items.find(({project}) => project.id === context.workspaceState.get(lastPicked));
  const answer = await askPick({
    title: l10n.t('Migrations'),
    items,
    placeholder: l10n.t('Which project?'),
    ...(last ? {active: last} : {}),
  });
  if (answer.kind !== 'answer') return undefined;
  const {project} = answer.value;
  await context.workspaceState.update(lastPicked, project.id);
  return project;
}

async function offerStart(): Promise<undefined> {
  const start = l10n.t('Start Migrations…');
  const answer = await window.showInformationMessage(
    l10n.t('No migrations were found in this workspace.'),
    start,
  );
  if (answer === start) await commands.executeCommand('howdah.migrations.start');
}

/** @returns the migration of the subject, or the one that the user picks among those that `wanted` keeps. */
export async function pickMigration(
  parts: Parts,
  subject: Subject,
  question: {readonly placeholder: string; readonly wanted: (id: string) => boolean},
): Promise<Migration | undefined> {
  if (subject.migration) return subject.migration;
  const history = parts.projects.history(subject.project);
  const items = (history?.migrations ?? [])
    .filter(({id}) => question.wanted(id))
    .map(migration => ({label: migration.label, description: migration.title, migration}));
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('There is no migration to choose here.'));
    return undefined;
  }
  const answer = await askPick({title: subject.connection.name, items, placeholder: question.placeholder});
  return answer.kind === 'answer' ? answer.value.migration : undefined;
}

function activeFile(): Uri | undefined {
  return window.activeTextEditor?.document.uri;
}
