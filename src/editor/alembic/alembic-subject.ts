import {l10n, window} from 'vscode';
import type {Environment} from '../../frameworks/alembic/environment.ts';
import type {Project} from '../../frameworks/framework.ts';
import {askPick} from '../input-flow.ts';
import {folderOf} from '../migrations/project-words.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import {workspaceFiles} from '../workspace-files.ts';

/** @returns the project of a row, the only one of Alembic, or the one that the user picks; nothing when there is none (said so) */
export async function alembicProject({projects}: Parts, argument: unknown): Promise<Project | undefined> {
  await projects.ready();
  const data = argument instanceof TreeNode ? argument.data : undefined;
  if (data?.kind === 'project' || data?.kind === 'migration') return data.project;
  if (data?.kind === 'sqlite' && (data.row.kind === 'project' || data.row.kind === 'migration'))
    return data.row.project;
  const all = projects.list().filter(({framework}) => framework === 'alembic');
  if (all.length > 1) {
    const items = all.map(project => ({label: folderOf(project), project}));
    const answer = await askPick({title: 'Alembic', items, placeholder: l10n.t('Which project?')});
    return answer.kind === 'answer' ? answer.value.project : undefined;
  }
  if (all.length === 0)
    void window.showInformationMessage(l10n.t('No project of Alembic was found in this workspace.'));
  return all[0];
}

/** @returns what Alembic knows of a project: its configuration and its folders */
export async function environmentOf({folder}: Project): Promise<Environment> {
  const {environmentIn} = await import('../../frameworks/alembic/detect.ts');
  return environmentIn(folder, workspaceFiles());
}
