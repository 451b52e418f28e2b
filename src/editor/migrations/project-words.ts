import {l10n, Uri, window, workspace} from 'vscode';
import type {Capabilities, Project} from '../../frameworks/framework.ts';
import type {ProjectStore} from './project-store.ts';

/** @returns the project's folder as people see it: with the workspace folder's name where there are several */
export function folderOf({folder}: Pick<Project, 'folder'>): string {
  const root = workspace.getWorkspaceFolder(Uri.file(folder));
  return root?.uri.fsPath === folder ? root.name : workspace.asRelativePath(folder);
}

/** @returns what a project is called: its folder, unless it is the only one. */
export function projectLabel(projects: ProjectStore, project: Project): string {
  return projects.list().length > 1 ? folderOf(project) : l10n.t('Migrations');
}

/** Says why the tool cannot do what was asked for. @returns whether it can */
export function mayDo(
  projects: ProjectStore,
  project: Project,
  what: keyof Omit<Capabilities, 'why'>,
): boolean {
  if (project.can[what]) return true;
  const name = projects.frameworkName(project);
  const plain =
    what === 'rollBack'
      ? l10n.t('{0} does not roll back.', name)
      : l10n.t('{0} has no way to record a version without running it.', name);
  void window.showInformationMessage(project.can.why?.[what] ?? plain);
  return false;
}
