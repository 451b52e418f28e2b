import {join} from 'node:path';
import {l10n, Uri, window, workspace} from 'vscode';
import type {Project} from '../../frameworks/framework.ts';
import {showFailure} from '../failures.ts';
import {askPick, askText, runFlow, type FlowStep} from '../input-flow.ts';
import {settings} from '../settings.ts';
import type {Parts} from '../parts.ts';

type Templates = typeof import('../../frameworks/templates.ts');
type Template = Extract<Awaited<ReturnType<Templates['loadTemplates']>>, {ok: true}>['value'][number];

interface Draft {
  readonly title: string;
  readonly template?: Template;
  readonly values: Readonly<Record<string, string>>;
}

/** Asks for a name, a template and what the template needs, and writes the files. */
export async function createMigration(parts: Parts, project: Project): Promise<void> {
  const doing = l10n.t('Creating a migration');
  const templates = await import('../../frameworks/templates.ts');
  const loaded = await templates.loadTemplates(templateFolders(parts, project));
  if (!loaded.ok) return showFailure(parts.log, doing, loaded.failure);
  const draft = await askDraft(loaded.value, templates);
  if (!draft?.template) return;
  const paths: string[] = [];
  for (const text of templates.fillTemplate(draft.template, draft.title, draft.values)) {
    const created = await project.create({...text, now: new Date()});
    if (!created.ok) return showFailure(parts.log, doing, created.failure);
    paths.push(...created.value);
  }
  await parts.projects.detect();
  const [first] = paths;
  if (first !== undefined) await window.showTextDocument(Uri.file(first));
}

function templateFolders(parts: Parts, project: Project): string[] {
  const shipped = join(parts.context.extensionPath, 'migrations-templates', project.framework);
  const own = settings.templates(Uri.file(project.folder));
  const root = workspace.getWorkspaceFolder(Uri.file(project.folder))?.uri.fsPath;
  return own === '' || root === undefined ? [shipped] : [shipped, join(root, own)];
}

async function askDraft(all: readonly Template[], templates: Templates): Promise<Draft | undefined> {
  const template: FlowStep<Draft> = async (draft, position) => {
    const items = all.map(entry => ({label: entry.title, detail: entry.description, entry}));
    const answer = await askPick({...position, items, placeholder: l10n.t('What will the migration do?')});
    return answer.kind === 'answer'
      ? {kind: 'answer', value: {...draft, template: answer.value.entry}}
      : answer;
  };
  const title: FlowStep<Draft> = async (draft, position) => {
    const answer = await askText({
      ...position,
      prompt: l10n.t('Name of the migration, such as “add orders status”'),
      value: draft.title,
      validate: text =>
        /[\p{L}\p{N}]/u.test(text) ? undefined : l10n.t('A name needs a letter or a digit.'),
    });
    return answer.kind === 'answer'
      ? {kind: 'answer', value: {...draft, title: answer.value.trim()}}
      : answer;
  };
  const start = await runFlow(l10n.t('Create Migration'), [template, title], {
    title: '',
    values: {},
  } as Draft);
  if (!start?.template) return undefined;
  const defaults = templates.promptDefaults(start.template, start.title);
  const prompts = start.template.prompts.map((prompt): FlowStep<Draft> => async (draft, position) => {
    const answer = await askText({
      ...position,
      prompt: prompt.title,
      value: draft.values[prompt.key] ?? defaults[prompt.key] ?? '',
    });
    if (answer.kind !== 'answer') return answer;
    return {kind: 'answer', value: {...draft, values: {...draft.values, [prompt.key]: answer.value}}};
  });
  return prompts.length === 0
    ? start
    : runFlow(l10n.t('Create Migration: {0}', start.template.title), prompts, start);
}
