import {l10n, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Project} from '../../frameworks/framework.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import {askPick} from '../input-flow.ts';
import {folderOf, mayDo} from '../migrations/project-words.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import {askHome, toolsForNewFolders} from './ask-home.ts';

export interface BaselineSubject {
  readonly connection: Connection;
  /** Without a migration; its folder may not be there yet. */
  readonly project: Project;
  /** The tool's own name. */
  readonly tool: string;
}

/** @returns what a baseline is for; nothing when the user left, or when it cannot be made (said so) */
export async function baselineSubject(parts: Parts, argument: unknown): Promise<BaselineSubject | undefined> {
  await parts.projects.ready();
  const data = argument instanceof TreeNode ? argument.data : undefined;
  const shown = data?.kind === 'project' || data?.kind === 'connection' ? data.connection : undefined;
  const connection = shown ? (parts.connections.get(shown.id) ?? shown) : await pickConnection(parts);
  if (!connection) return undefined;
  const chosen = data?.kind === 'project' ? data.project : await pickEmpty(parts);
  const project = chosen === 'new' ? await newHome() : chosen;
  if (!project) return undefined;
  if (hasMigrations(parts, project)) return refuse(project);
  if (!mayDo(parts.projects, project, 'force')) return undefined;
  return {connection, project, tool: parts.projects.frameworkName(project)};
}

async function newHome(): Promise<Project | undefined> {
  return askHome(l10n.t('Baseline'), await toolsForNewFolders(), 'migrations');
}

function hasMigrations({projects}: Parts, project: Project): boolean {
  return (projects.history(project)?.migrations.length ?? 0) > 0;
}

interface Item {
  readonly label: string;
  readonly description: string;
  readonly project: Project | 'new';
}

async function pickEmpty(parts: Parts): Promise<Project | 'new' | undefined> {
  const all = parts.projects.list();
  if (all.length === 0) return 'new';
  const elsewhere: Item = {label: l10n.t('A new folder…'), description: '', project: 'new'};
  const items = all.map((project): Item => ({
    label: folderOf(project),
    description: hasMigrations(parts, project)
      ? l10n.t('{0}, has migrations already', parts.projects.frameworkName(project))
      : parts.projects.frameworkName(project),
    project,
  }));
  const answer = await askPick({
    title: l10n.t('Baseline'),
    items: [...items, elsewhere],
    placeholder: l10n.t('Where does the first migration go?'),
  });
  return answer.kind === 'answer' ? answer.value.project : undefined;
}

function refuse(project: Project): undefined {
  void window.showInformationMessage(
    l10n.t(
      '{0} has migrations already, and a baseline is the first one. To bring the files to what a database has, use Validate Schema and write a migration from the differences; to record a version without running it, use Force Version.',
      folderOf(project),
    ),
  );
  return undefined;
}

/** Says why a database cannot be the source of a first migration. @returns whether it cannot */
export function refuseBaseline({name, readOnly}: Connection, {position}: Status): boolean {
  const why = readOnly
    ? l10n.t(
        '{0} is read-only, so the baseline cannot be recorded there. Allow writing in its context menu first.',
        name,
      )
    : position.kind === 'none'
      ? undefined
      : l10n.t(
          '{0} records migrations that no file of the project has. Bring these files back; or, if they are gone for good, force no version first and make the baseline then.',
          name,
        );
  if (why !== undefined) void window.showErrorMessage(why);
  return why !== undefined;
}
