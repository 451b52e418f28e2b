import {join, resolve} from 'node:path';
import {l10n, Uri, window, workspace, type WorkspaceFolder} from 'vscode';
import type {FrameworkId} from '../../core/migrations/migration.ts';
import {showFailure} from '../failures.ts';
import {askPick, askText, runFlow, type FlowStep} from '../input-flow.ts';
import type {Parts} from '../parts.ts';
import {draftStart, type Start} from './draft-start.ts';

interface Draft {
  readonly root?: WorkspaceFolder;
  readonly tool: FrameworkId;
  readonly folder: string;
  readonly title: string;
}

const empty: Draft = {tool: 'node-pg-migrate', folder: 'migrations', title: 'create first table'};

/** Sets up migrations in a project that has none: asks for a tool, a folder and a title, and writes the first files. */
export async function startMigrations(parts: Parts): Promise<void> {
  const folders = (workspace.workspaceFolders ?? []).filter(({uri}) => uri.scheme === 'file');
  if (folders.length === 0) {
    void window.showInformationMessage(l10n.t('Open the folder of your project first.'));
    return;
  }
  await parts.projects.ready();
  const answers = await runFlow(
    l10n.t('Start Migrations'),
    [askRoot(folders), askTool, askFolder, askTitle],
    {
      ...empty,
      ...(folders[0] ? {root: folders[0]} : {}),
    },
  );
  if (!answers?.root) return;
  const root = answers.root.uri.fsPath;
  await write(parts, {...answers, root, folder: resolve(root, answers.folder)});
}

/** Shows what will be written, writes it, and opens what is to be filled in. */
async function write(parts: Parts, start: Start): Promise<void> {
  const doing = l10n.t('Starting migrations');
  const drafted = await draftStart(start);
  if (!drafted.ok) return showFailure(parts.log, doing, drafted.failure);
  const names = drafted.value.map(({path}) => `• ${workspace.asRelativePath(path)}`);
  const yes = l10n.t('Write Files');
  const answer = await window.showInformationMessage(
    l10n.t('Start migrations in {0}?', workspace.asRelativePath(start.folder)),
    {
      modal: true,
      detail: [
        ...names,
        '',
        l10n.t('These files are new. No file that is there is changed, and no database is touched.'),
      ].join('\n'),
    },
    yes,
  );
  if (answer !== yes) return;
  const {writeNewFiles} = await import('../../frameworks/shared/new-files.ts');
  const written = await writeNewFiles(start.folder, drafted.value);
  if (!written.ok) return showFailure(parts.log, doing, written.failure);
  await parts.projects.detect();
  const first = written.value.find(path => path.startsWith(start.folder));
  if (first !== undefined) await window.showTextDocument(Uri.file(first));
}

function askRoot(folders: readonly WorkspaceFolder[]): FlowStep<Draft> {
  return async (draft, position) => {
    if (folders.length === 1) return 'skip';
    const items = folders.map(root => ({label: root.name, description: root.uri.fsPath, root}));
    const answer = await askPick({...position, items, placeholder: l10n.t('In which folder?')});
    return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, root: answer.value.root}} : answer;
  };
}

const askTool: FlowStep<Draft> = async (draft, position) => {
  const items: readonly {label: string; detail: string; tool: FrameworkId}[] = [
    {
      label: 'node-pg-migrate',
      detail: l10n.t('One file for each migration, in SQL, JavaScript or TypeScript.'),
      tool: 'node-pg-migrate',
    },
    {
      label: 'golang-migrate',
      detail: l10n.t('Two SQL files for each migration, one up and one down.'),
      tool: 'golang-migrate',
    },
  ];
  const answer = await askPick({...position, items, placeholder: l10n.t('In which tool’s form?')});
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, tool: answer.value.tool}} : answer;
};

const askFolder: FlowStep<Draft> = async (draft, position) => {
  const other = {label: l10n.t('Another folder…'), folder: undefined};
  const items = [...['migrations', join('db', 'migrations')].map(folder => ({label: folder, folder})), other];
  const answer = await askPick<{label: string; folder: string | undefined}>({
    ...position,
    items,
    placeholder: l10n.t('Where do the files go?'),
  });
  if (answer.kind !== 'answer') return answer;
  const {folder} = answer.value;
  if (folder !== undefined) return {kind: 'answer', value: {...draft, folder}};
  const typed = await askText({
    ...position,
    prompt: l10n.t('The folder, relative to {0}', draft.root?.name ?? ''),
    value: draft.folder,
    validate: text => (text.trim() === '' ? l10n.t('This cannot be empty.') : undefined),
  });
  return typed.kind === 'answer' ? {kind: 'answer', value: {...draft, folder: typed.value.trim()}} : typed;
};

const askTitle: FlowStep<Draft> = async (draft, position) => {
  const answer = await askText({
    ...position,
    prompt: l10n.t('Name of the first migration'),
    value: draft.title,
    validate: text => (/[\p{L}\p{N}]/u.test(text) ? undefined : l10n.t('A name needs a letter or a digit.')),
  });
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, title: answer.value.trim()}} : answer;
};
