import {ConfigurationTarget, l10n, Uri, window, workspace, type QuickPickItem} from 'vscode';
import * as z from 'zod/mini';
import type {Severity} from '../../core/lint/finding.ts';
import {severities} from './lint-settings.ts';
import {pickRule} from './rule-pages.ts';

const About = z.object({
  rule: z.string(),
  severity: z.optional(z.enum(severities)),
  path: z.optional(z.string()),
});

interface Item extends QuickPickItem {
  readonly chosen: Severity | 'off' | undefined;
}

/** Asks how a rule is to be shown from now on, and writes it to the settings of the workspace, or else the user's. */
export async function configureRule(argument: unknown): Promise<void> {
  const about = About.safeParse(argument).data;
  const rule = about?.rule ?? (await pickRule(l10n.t('Which rule?')));
  if (rule === undefined) return;
  const picked = await window.showQuickPick(itemsFor(about?.severity), {
    title: rule,
    placeHolder: l10n.t('How shall its findings be shown from now on?'),
  });
  if (!picked) return;
  const scope = about?.path === undefined ? null : Uri.file(about.path);
  const configuration = workspace.getConfiguration('howdah', scope);
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  const inspected = configuration.inspect<Record<string, unknown>>('lint.rules');
  const own = target === ConfigurationTarget.Workspace ? inspected?.workspaceValue : inspected?.globalValue;
  const {[rule]: _, ...others} = own ?? {};
  const chosen = picked.chosen === undefined ? others : {...others, [rule]: picked.chosen};
  await configuration.update('lint.rules', Object.keys(chosen).length > 0 ? chosen : undefined, target);
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
