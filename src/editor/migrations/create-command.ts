import {join} from 'node:path';
import {l10n, Uri, window, workspace} from 'vscode';
import {suggestAnswer, type Answers, type Prompt, type Template} from '../../core/migrations/template.ts';
import type {Project} from '../../frameworks/framework.ts';
import {showFailure} from '../failures.ts';
import {askPick, askText, runFlow, type FlowStep} from '../input-flow.ts';
import {settings} from '../settings.ts';
import type {Parts} from '../parts.ts';

interface Draft {
  readonly title: string;
  readonly template?: Template;
  readonly answers: Answers;
}

/** Asks for a template, a name and what the template needs, and writes the files. */
export async function createMigration(parts: Parts, project: Project): Promise<void> {
  const doing = l10n.t('Creating a migration');
  const {loadTemplates} = await import('../../frameworks/templates.ts');
  const loaded = await loadTemplates(templateFolders(parts, project));
  if (!loaded.ok) return showFailure(parts.log, doing, loaded.failure);
  const draft = await askDraft(loaded.value);
  if (!draft?.template) return;
  const {title, template, answers} = draft;
  const {createFromTemplate} = await import('../../frameworks/create-from-template.ts');
  const created = await createFromTemplate(project, template, {title, answers, now: new Date()});
  if (!created.ok) return showFailure(parts.log, doing, created.failure);
  await parts.projects.detect();
  const [first] = created.value;
  if (first !== undefined) await window.showTextDocument(Uri.file(first));
}

function templateFolders(parts: Parts, project: Project): readonly string[] {
  // What holds for one tool only stands over what holds for all.
  const shipped = ['sql', project.framework].map(folder =>
    join(parts.context.extensionPath, 'migrations-templates', folder),
  );
  const own = settings.templates(Uri.file(project.folder));
  const root = workspace.getWorkspaceFolder(Uri.file(project.folder))?.uri.fsPath;
  return own === '' || root === undefined ? shipped : [...shipped, join(root, own)];
}

async function askDraft(all: readonly Template[]): Promise<Draft | undefined> {
  const template: FlowStep<Draft> = async (draft, position) => {
    const items = all.map(entry => ({label: entry.title, detail: entry.description, entry}));
    const placeholder = l10n.t('What will the migration do?');
    const answer = await askPick({...position, items, placeholder});
    return answer.kind === 'answer'
      ? {kind: 'answer', value: {...draft, template: answer.value.entry}}
      : answer;
  };
  const empty: Draft = {title: '', answers: {}};
  const chosen = await runFlow(l10n.t('Create Migration'), [template, askTitle], empty);
  if (!chosen?.template || chosen.template.prompts.length === 0) return chosen;
  const title = l10n.t('Create Migration: {0}', chosen.template.title);
  return runFlow(title, chosen.template.prompts.map(askPrompt), chosen);
}

const askTitle: FlowStep<Draft> = async (draft, position) => {
  const answer = await askText({
    ...position,
    prompt: l10n.t('Name of the migration, such as “add orders status”'),
    value: draft.title,
    validate: text => (/[\p{L}\p{N}]/u.test(text) ? undefined : l10n.t('A name needs a letter or a digit.')),
  });
  return answer.kind === 'answer' ? {kind: 'answer', value: {...draft, title: answer.value.trim()}} : answer;
};

function askPrompt(prompt: Prompt): FlowStep<Draft> {
  return async (draft, position) => {
    const answer = await askText({
      ...position,
      prompt: prompt.label,
      value: draft.answers[prompt.name] ?? suggestAnswer(prompt, draft.title, draft.answers),
      validate: text => (text.trim() === '' ? l10n.t('This cannot be empty.') : undefined),
    });
    if (answer.kind !== 'answer') return answer;
    return {kind: 'answer', value: {...draft, answers: {...draft.answers, [prompt.name]: answer.value}}};
  };
}
