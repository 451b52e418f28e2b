import {l10n, workspace} from 'vscode';
import type {Project} from '../../frameworks/framework.ts';
import {askPick} from '../input-flow.ts';
import {folderOf} from '../migrations/project-words.ts';
import type {Parts} from '../parts.ts';
import {askHome, toolsForNewFolders} from './ask-home.ts';

interface Item {
  readonly label: string;
  readonly description: string;
  readonly project: Project | undefined;
}

/** Asks where the converted history goes. @returns nothing when the user left */
export async function convertHome(parts: Parts, from: Project, title: string): Promise<Project | undefined> {
  const environments = from.framework === 'alembic' ? [] : emptyEnvironments(parts);
  const chosen = environments.length === 0 ? 'new' : await pick(parts, environments, title);
  if (chosen !== 'new') return chosen;
  const tools = (await toolsForNewFolders()).filter(({id}) => id !== from.framework);
  return askHome(title, tools, `${workspace.asRelativePath(from.folder, false)}-new`);
}

/** What `alembic init` has set up, and what has no revision yet. */
function emptyEnvironments({projects}: Parts): readonly Project[] {
  return projects
    .list()
    .filter(
      project => project.framework === 'alembic' && (projects.history(project)?.migrations.length ?? 0) === 0,
    );
}

async function pick(
  {projects}: Parts,
  environments: readonly Project[],
  title: string,
): Promise<Project | 'new' | undefined> {
  const items: readonly Item[] = [
    ...environments.map(project => ({
      label: folderOf(project),
      description: projects.frameworkName(project),
      project,
    })),
    {label: l10n.t('A new folder…'), description: '', project: undefined},
  ];
  const answer = await askPick({title, items, placeholder: l10n.t('Where do the migrations go?')});
  return answer.kind === 'answer' ? (answer.value.project ?? 'new') : undefined;
}
