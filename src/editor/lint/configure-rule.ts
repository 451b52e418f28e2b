import {ConfigurationTarget, l10n, Uri, window, workspace, WorkspaceEdit, type QuickPickItem} from 'vscode';
import * as z from 'zod/mini';
import type {Severity} from '../../core/lint/finding.ts';
import {editOfRule} from '../../core/lint/write-settings.ts';
import {configOf, type LintConfig} from './lint-config.ts';
import {severities} from './lint-settings.ts';
import {placesIn} from './places.ts';
import {pickRule} from './rule-pages.ts';

const About = z.object({
  rule: z.string(),
  severity: z.optional(z.enum(severities)),
  path: z.optional(z.string()),
});

/** Absent for what the rule says itself. */
type Choice = Severity | 'off' | undefined;

interface Item extends QuickPickItem {
  readonly chosen: Choice;
}

/** Asks how a rule is to be shown from now on, and writes it where it counts: `howdah.json` comes before the settings. */
export async function configureRule(config: LintConfig, argument: unknown): Promise<void> {
  const about = About.safeParse(argument).data;
  const rule = about?.rule ?? (await pickRule(l10n.t('Which rule?')));
  if (rule === undefined) return;
  const picked = await window.showQuickPick(itemsFor(about?.severity), {
    title: rule,
    placeHolder: l10n.t('How shall its findings be shown from now on?'),
  });
  if (!picked) return;
  const path = about?.path ?? window.activeTextEditor?.document.uri.fsPath;
  const file = path === undefined ? undefined : await config.fileFor(path);
  if (file === undefined) await writeToSettings(rule, picked.chosen, path);
  else await writeToFile(file, rule, picked.chosen);
}

/** Of the workspace, or else of the user. */
async function writeToSettings(rule: string, chosen: Choice, path: string | undefined): Promise<void> {
  const configuration = workspace.getConfiguration('howdah', path === undefined ? null : Uri.file(path));
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  const inspected = configuration.inspect<Record<string, unknown>>('lint.rules');
  const own = target === ConfigurationTarget.Workspace ? inspected?.workspaceValue : inspected?.globalValue;
  const {[rule]: _, ...others} = own ?? {};
  const all = chosen === undefined ? others : {...others, [rule]: chosen};
  await configuration.update('lint.rules', Object.keys(all).length > 0 ? all : undefined, target);
}

/** What is not saved there yet stays for its writer to save. */
async function writeToFile(path: string, rule: string, chosen: Choice): Promise<void> {
  const document = await workspace.openTextDocument(path);
  const text = document.getText();
  const {isDirty} = document;
  const written = configOf(text).ok ? editOfRule(text, rule, chosen) : undefined;
  if (written) {
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, placesIn(text)(written), written.text);
    if ((await workspace.applyEdit(edit)) && !isDirty) await document.save();
  }
  if (isDirty) await window.showTextDocument(document);
}

function itemsFor(severity: Severity | undefined): readonly Item[] {
  return [
    {label: l10n.t('Off'), description: l10n.t('it is not looked for'), chosen: 'off'},
    ...severities.map(each => ({
      label: wordOf(each),
      chosen: each,
      ...(each === severity ? {description: l10n.t('as now')} : {}),
    })),
    {label: l10n.t('As the rule says'), description: l10n.t('removes the setting'), chosen: undefined},
  ];
}

function wordOf(severity: Severity): string {
  switch (severity) {
    case 'error':
      return l10n.t('Error');
    case 'warning':
      return l10n.t('Warning');
    case 'information':
      return l10n.t('Information');
    case 'hint':
      return l10n.t('Hint');
    default:
      return severity satisfies never;
  }
}
