import {
  ConfigurationTarget,
  l10n,
  QuickPickItemKind,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type QuickPickItem,
} from 'vscode';
import * as z from 'zod/mini';
import {severities, type Severity} from '../../core/lint/finding.ts';
import {editOfRule} from '../../core/lint/write-settings.ts';
import {ignoreFinding} from './ignore-finding.ts';
import {configOf} from './lint-config.ts';
import type {LintHome} from './lint-home.ts';
import {placesIn} from './places.ts';
import {pickRule} from './rule-pages.ts';

const About = z.object({
  rule: z.string(),
  severity: z.optional(z.enum(severities)),
  path: z.optional(z.string()),
  start: z.optional(z.number()),
});

/** What a command on a finding is given. */
export type About = z.infer<typeof About>;

/** Absent for what the rule says itself. */
type Level = Severity | 'off' | undefined;

type Choice = {readonly ignore: 'here' | 'file'} | {readonly level: Level};

interface Item extends QuickPickItem {
  readonly choice?: Choice;
}

/** Asks what is to become of a finding that is left as it is, or, where none is named, of all findings of a rule. */
export async function configureRule(home: LintHome, argument: unknown): Promise<void> {
  const about = About.safeParse(argument).data;
  const rule = about?.rule ?? (await pickRule(l10n.t('Which rule?')));
  if (rule === undefined) return;
  const {path = window.activeTextEditor?.document.uri.fsPath, start, severity} = about ?? {};
  const ignores = path === undefined || start === undefined ? [] : ignoreItems();
  const choice = await choose(rule, [...ignores, ...levelItems(severity)]);
  if (!choice) return;
  if ('level' in choice) await write(home, rule, choice.level, path);
  else if (path !== undefined && start !== undefined)
    await ignoreFinding(home, {rule, path, start}, choice.ignore);
}

async function choose(rule: string, items: readonly Item[]): Promise<Choice | undefined> {
  const picked = await window.showQuickPick(items, {
    title: rule,
    placeHolder: l10n.t('How shall its findings be shown from now on?'),
  });
  return picked?.choice;
}

/** Where it counts: `howdah.json` comes before the settings. */
async function write(
  {config}: LintHome,
  rule: string,
  level: Level,
  path: string | undefined,
): Promise<void> {
  const file = path === undefined ? undefined : await config.fileFor(path);
  if (file === undefined) await writeToSettings(rule, level, path);
  else await writeToFile(file, rule, level);
}

/** Of the workspace, or else of the user. */
async function writeToSettings(rule: string, level: Level, path: string | undefined): Promise<void> {
  const configuration = workspace.getConfiguration('howdah', path === undefined ? null : Uri.file(path));
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  const inspected = configuration.inspect<Record<string, unknown>>('lint.rules');
  const own = target === ConfigurationTarget.Workspace ? inspected?.workspaceValue : inspected?.globalValue;
  const {[rule]: _, ...others} = own ?? {};
  const all = level === undefined ? others : {...others, [rule]: level};
  await configuration.update('lint.rules', Object.keys(all).length > 0 ? all : undefined, target);
}

/** What is not saved there yet stays for its writer to save. */
async function writeToFile(path: string, rule: string, level: Level): Promise<void> {
  const document = await workspace.openTextDocument(path);
  const text = document.getText();
  const {isDirty} = document;
  const written = configOf(text).ok ? editOfRule(text, rule, level) : undefined;
  if (written) {
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, placesIn(text)(written), written.text);
    if ((await workspace.applyEdit(edit)) && !isDirty) await document.save();
  }
  if (isDirty) await window.showTextDocument(document);
}

function ignoreItems(): readonly Item[] {
  return [
    {
      label: l10n.t('Ignore here'),
      description: l10n.t('a comment before the line, with a reason'),
      choice: {ignore: 'here'},
    },
    {
      label: l10n.t('Ignore in this file'),
      description: l10n.t('a comment at the top, with a reason'),
      choice: {ignore: 'file'},
    },
    {label: l10n.t('Everywhere'), kind: QuickPickItemKind.Separator},
  ];
}

function levelItems(severity: Severity | undefined): readonly Item[] {
  return [
    ...severities.map(each => ({
      label: wordOf(each),
      choice: {level: each},
      ...(each === severity ? {description: l10n.t('as now')} : {}),
    })),
    {label: l10n.t('Off'), description: l10n.t('it is not looked for'), choice: {level: 'off'}},
    {
      label: l10n.t('As the rule says'),
      description: l10n.t('removes the setting'),
      choice: {level: undefined},
    },
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
