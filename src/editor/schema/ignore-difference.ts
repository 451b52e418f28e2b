import {
  ConfigurationTarget,
  l10n,
  window,
  workspace,
  type ConfigurationScope,
  type QuickPickItem,
} from 'vscode';
import type {Difference, IgnoreRule} from '../../core/schema/comparison.ts';
import {nameOf} from '../../core/schema/key.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import {ruleText} from '../../protocol/schema-model.ts';
import {askPick, askText} from '../input-flow.ts';
import {settings} from '../settings.ts';

type Item = QuickPickItem & {readonly rule: IgnoreRule | 'pattern'};

/**
 * Asks how far a difference is to be ignored, and why, and keeps the rule in the workspace's settings.
 * @param again called once the rules have changed
 */
export async function ignoreDifference(
  difference: Difference,
  scope: ConfigurationScope | undefined,
  again: () => Promise<void>,
): Promise<void> {
  const title = l10n.t('Ignore');
  const items = choicesFor(difference);
  const answer = await askPick({title, items, placeholder: l10n.t('What is not to be compared?')});
  if (answer.kind !== 'answer') return;
  const rule = answer.value.rule === 'pattern' ? await askPattern(difference) : answer.value.rule;
  if (!rule) return;
  const reason = await askText({
    title,
    prompt: l10n.t('Why? The reason is kept with the rule, and stands in every report.'),
    placeholder: l10n.t('such as “made by the partition manager”'),
  });
  if (reason.kind !== 'answer') return;
  const full: IgnoreRule = {...rule, ...(reason.value.trim() === '' ? {} : {reason: reason.value.trim()})};
  const before = written(scope);
  await write(scope, [...before, full]);
  void offerUndo(full, scope, again);
  await again();
}

/** Takes a rule out of the settings. @returns whether it was there */
export async function removeRule(rule: IgnoreRule, scope: ConfigurationScope | undefined): Promise<boolean> {
  const rules = written(scope);
  const kept = rules.filter(one => !sameRule(one, rule));
  if (kept.length === rules.length) return false;
  await write(scope, kept);
  return true;
}

async function offerUndo(
  rule: IgnoreRule,
  scope: ConfigurationScope | undefined,
  again: () => Promise<void>,
): Promise<void> {
  const undo = l10n.t('Undo');
  const text = l10n.t('Ignored from now on: {0}', ruleText(rule));
  if ((await window.showInformationMessage(text, undo)) !== undo) return;
  if (await removeRule(rule, scope)) await again();
}

function choicesFor(difference: Difference): readonly Item[] {
  const {object} = difference;
  const name = nameOf(object);
  const attribute = difference.kind === 'changed' ? difference.attribute : undefined;
  return [
    ...(attribute === undefined
      ? []
      : [
          {
            label: l10n.t('Only this: {0} of {1}', attribute, name),
            rule: {kind: object.kind, name, attribute},
          },
        ]),
    {label: l10n.t('This object: {0} {1}', object.kind, name), rule: {kind: object.kind, name}},
    ...(attribute === undefined
      ? []
      : [
          {
            label: l10n.t('{0} of every {1}', attribute, object.kind),
            rule: {kind: object.kind, attribute},
          },
        ]),
    {label: l10n.t('Every {0}', object.kind), rule: {kind: object.kind}},
    ...(object.schema === undefined
      ? []
      : [
          {
            label: l10n.t('Everything in schema {0}', object.schema),
            rule: {name: `${quoteWhereNeeded(object.schema)}.*`},
          },
        ]),
    {label: l10n.t('A pattern…'), description: l10n.t('with * and ?'), rule: 'pattern'},
  ];
}

async function askPattern({object}: Difference): Promise<IgnoreRule | undefined> {
  const answer = await askText({
    title: l10n.t('Ignore'),
    prompt: l10n.t('Pattern of qualified names, such as public.tmp_*'),
    value: nameOf(object),
    validate: text => (text.trim() === '' ? l10n.t('This cannot be empty.') : undefined),
  });
  return answer.kind === 'answer' ? {name: answer.value.trim()} : undefined;
}

function written(scope: ConfigurationScope | undefined): readonly object[] {
  const value = settings.ignoreInSchema(scope);
  return Array.isArray(value) ? value.filter(rule => typeof rule === 'object' && rule !== null) : [];
}

function sameRule(one: object, {kind, name, attribute, reason}: IgnoreRule): boolean {
  const entries = {kind, name, attribute, reason};
  return Object.entries(entries).every(([key, value]) => Reflect.get(one, key) === value);
}

async function write(scope: ConfigurationScope | undefined, rules: readonly object[]): Promise<void> {
  const {Global, Workspace} = ConfigurationTarget;
  await workspace
    .getConfiguration('howdah', scope ?? null)
    .update('schema.ignore', rules, workspace.workspaceFolders ? Workspace : Global);
}
