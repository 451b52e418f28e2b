import {basename, join, resolve} from 'node:path';
import {l10n, Uri, window, workspace, type WorkspaceFolder} from 'vscode';
import type {FrameworkId} from '../../core/migrations/migration.ts';
import type {DraftedFile} from '../../frameworks/framework.ts';
import {showFailure} from '../failures.ts';
import {askPick, askText, runFlow, type FlowStep} from '../input-flow.ts';
import type {Parts} from '../parts.ts';
import {pathsOfStart, writeStart, type Start} from './draft-start.ts';

interface Draft {
  readonly root?: WorkspaceFolder;
  readonly tool: FrameworkId;
  readonly language: Start['language'];
  readonly folder: string;
  readonly title: string;
}

const empty: Draft = {
  tool: 'node-pg-migrate',
  language: 'sql',
  folder: 'migrations',
  title: 'create first table',
};

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
    [askRoot(folders), askTool, askLanguage, askFolder, askTitle],
    {
      ...empty,
      ...(folders[0] ? {root: folders[0]} : {}),
    },
  );
  if (!answers?.root) return;
  const root = answers.root.uri.fsPath;
  await write(parts, {...answers, root, folder: resolve(root, answers.folder), now: new Date()});
}

/** Shows what will be written, writes it, and opens what is to be filled in. */
async function write(parts: Parts, start: Start): Promise<void> {
  const doing = l10n.t('Starting migrations');
  const paths = await pathsOfStart(start);
  if (!paths.ok) return showFailure(parts.log, doing, paths.failure);
  const yes = l10n.t('Write Files');
  const answer = await window.showInformationMessage(
    l10n.t('Start migrations in {0}?', workspace.asRelativePath(start.folder)),
    {
      modal: true,
      detail: [
        ...paths.value.map(path => `• ${workspace.asRelativePath(path)}`),
        '',
        l10n.t('These files are new. No file that is there is changed, and no database is touched.'),
      ].join('\n'),
    },
    yes,
  );
  if (answer !== yes) return;
  const started = await writeStart(start);
  if (!started.ok) return showFailure(parts.log, doing, started.failure);
  await parts.projects.detect();
  const {written, proposed} = started.value;
  const first = written[0];
  if (first !== undefined) await window.showTextDocument(Uri.file(first), {preview: false});
  if (proposed) await propose(parts, proposed);
}

/** A file of the user's own is for the user to change. */
async function propose({documents}: Parts, {path, text}: DraftedFile): Promise<void> {
  const show = l10n.t('Show the Change');
  const answer = await window.showInformationMessage(
    l10n.t('The tool’s packages and its script are not in package.json yet.'),
    show,
  );
  if (answer === show) await documents.open(basename(path), 'json', text);
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

const askLanguage: FlowStep<Draft> = async (draft, position) => {
  if (draft.tool !== 'node-pg-migrate') return 'skip';
  const items: readonly {label: string; language: Start['language']}[] = [
    {label: 'SQL', language: 'sql'},
    {label: 'TypeScript', language: 'ts'},
    {label: 'JavaScript', language: 'js'},
  ];
  const answer = await askPick({...position, items, placeholder: l10n.t('In which language?')});
  return answer.kind === 'answer'
    ? {kind: 'answer', value: {...draft, language: answer.value.language}}
    : answer;
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
