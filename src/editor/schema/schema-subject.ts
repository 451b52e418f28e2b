import {l10n, Uri, window, workspace, type QuickPickItem} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {Project} from '../../frameworks/framework.ts';
import {environmentWord} from '../connections/look.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import {askPick} from '../input-flow.ts';
import {projectsOf} from '../migrations/projects-of.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import {workspaceFiles} from '../workspace-files.ts';
import type {ExpectedChoice} from './expected-choice.ts';

/** A database, and the project whose migrations lead to it. */
export interface SchemaPlace {
  readonly connection: Connection;
  /** Absent in a workspace without migrations. */
  readonly project?: Project;
}

export interface SchemaSubject extends SchemaPlace {
  readonly choice: ExpectedChoice;
}

/** @returns what a command is for: the tree's row it was chosen on, or the target; nothing when the user left */
export async function placeOf(parts: Parts, argument: unknown): Promise<SchemaPlace | undefined> {
  const data = argument instanceof TreeNode ? argument.data : undefined;
  await Promise.all([parts.projects.ready(), parts.connections.discover()]);
  const chosen = data && 'connection' in data ? data.connection : undefined;
  const connection = chosen ? (parts.connections.get(chosen.id) ?? chosen) : await pickConnection(parts);
  if (!connection) return undefined;
  if (data?.kind === 'project') return {connection, project: data.project};
  if (projectsOf(connection, parts).length === 0) return {connection};
  const project = await pickProject(parts, connection);
  return project && {connection, project};
}

type Item = QuickPickItem & {readonly choice: ExpectedChoice | 'file'};

/** Asks what a database is to be compared with. */
export async function chooseExpected(
  parts: Parts,
  {connection}: SchemaPlace,
  current: ExpectedChoice | undefined,
): Promise<ExpectedChoice | undefined> {
  const items = [
    ...parts.projects.list().flatMap(projectItems),
    ...(await fileItems()),
    ...parts.connections
      .list()
      .filter(({id}) => id !== connection.id)
      .map(connectionItem),
  ];
  const active = items.find(({choice}) => JSON.stringify(choice) === JSON.stringify(current));
  const answer = await askPick({
    title: l10n.t('Compare {0}', connection.name),
    placeholder: l10n.t('What should the database be like?'),
    items,
    ...(active ? {active} : {}),
  });
  if (answer.kind !== 'answer') return undefined;
  return answer.value.choice === 'file' ? pickFile() : answer.value.choice;
}

function projectItems(project: Project): readonly Item[] {
  const detail = workspace.asRelativePath(project.folder);
  return [
    {
      label: l10n.t('Migrations applied there'),
      description: l10n.t('what the files that have run lead to'),
      detail,
      choice: {kind: 'history', projectId: project.id, upTo: 'applied'},
    },
    {
      label: l10n.t('All migrations'),
      description: l10n.t('also those that are pending'),
      detail,
      choice: {kind: 'history', projectId: project.id, upTo: 'all'},
    },
  ];
}

async function fileItems(): Promise<readonly Item[]> {
  const found = await workspaceFiles().find('**/{schema,structure}.sql');
  return [
    ...found.toSorted().map((path): Item => ({
      label: l10n.t('Schema file'),
      description: workspace.asRelativePath(path),
      choice: {kind: 'file', path},
    })),
    {label: l10n.t('Another schema file…'), choice: 'file'},
  ];
}

function connectionItem(connection: Connection): Item {
  return {
    label: connection.name,
    description: environmentWord(connection.environment),
    detail: describeTarget(connection.settings),
    choice: {kind: 'connection', connectionId: connection.id},
  };
}

async function pickFile(): Promise<ExpectedChoice | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t('Compare with a Schema File'),
      openLabel: l10n.t('Compare'),
      filters: {SQL: ['sql'], [l10n.t('All files')]: ['*']},
      ...(folder ? {defaultUri: Uri.joinPath(folder)} : {}),
    })) ?? [];
  return file && {kind: 'file', path: file.fsPath};
}
