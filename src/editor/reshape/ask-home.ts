import {basename, resolve} from 'node:path';
import {l10n, window, workspace, type WorkspaceFolder} from 'vscode';
import type {FrameworkId} from '../../core/migrations/migration.ts';
import type {Framework, Project} from '../../frameworks/framework.ts';
import {askPick, askText, runFlow, type FlowStep} from '../input-flow.ts';
import {workspaceFiles} from '../workspace-files.ts';

interface Answers {
  readonly root?: WorkspaceFolder;
  readonly framework?: Framework;
  readonly folder: string;
}

/** Needs an environment of its own, which its `alembic init` makes. */
const notMadeHere: readonly FrameworkId[] = ['alembic'];

/** @returns the tools in whose form a new folder can be written */
export async function toolsForNewFolders(): Promise<readonly Framework[]> {
  const [{createFrameworks}, {createParser}] = await Promise.all([
    import('../../frameworks/frameworks.ts'),
    import('../../parser/libpg-query.ts'),
  ]);
  return createFrameworks({parser: createParser(), mayExecute: () => workspace.isTrusted}).filter(
    ({id}) => !notMadeHere.includes(id),
  );
}

/**
 * Asks for a tool and a folder that has no files yet.
 * @returns the project that the folder will be; nothing when the user left
 */
export async function askHome(
  title: string,
  tools: readonly Framework[],
  suggested: string,
): Promise<Project | undefined> {
  const roots = (workspace.workspaceFolders ?? []).filter(({uri}) => uri.scheme === 'file');
  const [first] = roots;
  if (!first) {
    void window.showInformationMessage(l10n.t('Open the folder of your project first.'));
    return undefined;
  }
  const answers = await runFlow<Answers>(title, [askRoot(roots), askTool(tools), askFolder], {
    root: first,
    folder: suggested,
  });
  if (!answers?.root || !answers.framework) return undefined;
  return answers.framework.open(resolve(answers.root.uri.fsPath, answers.folder), workspaceFiles());
}

function askRoot(roots: readonly WorkspaceFolder[]): FlowStep<Answers> {
  return async (answers, position) => {
    if (roots.length === 1) return 'skip';
    const items = roots.map(root => ({label: root.name, description: root.uri.fsPath, root}));
    const answer = await askPick({...position, items, placeholder: l10n.t('In which folder?')});
    return answer.kind === 'answer' ? {kind: 'answer', value: {...answers, root: answer.value.root}} : answer;
  };
}

function askTool(tools: readonly Framework[]): FlowStep<Answers> {
  return async (answers, position) => {
    const items = tools.map(framework => ({label: framework.name, framework}));
    const answer = await askPick({...position, items, placeholder: l10n.t('In which tool’s form?')});
    return answer.kind === 'answer'
      ? {kind: 'answer', value: {...answers, framework: answer.value.framework}}
      : answer;
  };
}

const askFolder: FlowStep<Answers> = async (answers, position) => {
  const root = answers.root?.uri.fsPath ?? '';
  const problemIn = await filesIn(root);
  const answer = await askText({
    ...position,
    prompt: l10n.t('The new folder for the migrations, relative to {0}', basename(root)),
    value: answers.folder,
    validate: text =>
      text.trim() === ''
        ? l10n.t('This cannot be empty.')
        : problemIn(text)
          ? l10n.t('This folder has files already. Name a new one.')
          : undefined,
  });
  return answer.kind === 'answer'
    ? {kind: 'answer', value: {...answers, folder: answer.value.trim()}}
    : answer;
};

/** @returns whether a folder of the root has files with SQL or programs in it already */
async function filesIn(root: string): Promise<(folder: string) => boolean> {
  const found = await workspaceFiles().find('**/*.{sql,js,cjs,mjs,ts,cts,mts,py}');
  return folder => {
    const path = `${resolve(root, folder.trim())}/`;
    return found.some(file => file.replaceAll('\\', '/').startsWith(path.replaceAll('\\', '/')));
  };
}
