import {commands, l10n, Uri, window, type ExtensionContext} from 'vscode';
import {unknownRule, unusedRule} from '../../core/lint/engine/idle.ts';
import {rules} from '../../core/lint/rules.ts';
import type {CommandId} from '../commands/commands.ts';

const showRule: CommandId = 'howdah.lint.showRule';

/** What the parser and the engine say themselves. */
export const ownRules: readonly string[] = ['syntax', unusedRule, unknownRule];

/** @returns a link that opens a rule's page; editors follow it from a finding and from a hover */
export function pageCommand(rule: string): Uri {
  return Uri.parse(`command:${showRule}?${encodeURIComponent(JSON.stringify([rule]))}`);
}

/** Opens a rule's page as a preview, of the rule that the user picks where none is named. */
export async function showRulePage({extensionUri}: ExtensionContext, rule: unknown): Promise<void> {
  const known = rules.find(({id}) => id === rule)?.id ?? ownRules.find(id => id === rule);
  const id = known ?? (await pickRule(l10n.t('Which rule?')));
  if (id === undefined) return;
  await commands.executeCommand(
    'markdown.showPreview',
    Uri.joinPath(extensionUri, 'docs', 'rules', `${id}.md`),
  );
}

/** @param among ids; all rules unless told */
export async function pickRule(
  placeHolder: string,
  among?: ReadonlyMap<string, number>,
): Promise<string | undefined> {
  const items = rules
    .filter(({id}) => !among || among.has(id))
    .map(({id, title}) => {
      const count = among?.get(id);
      return {label: id, detail: title, ...(count === undefined ? {} : {description: String(count)})};
    });
  const picked = await window.showQuickPick(items, {placeHolder, matchOnDetail: true});
  return picked?.label;
}
