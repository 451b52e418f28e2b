import {isDeepStrictEqual} from 'node:util';
import {commands, l10n, ThemeIcon, window, type QuickPickItem} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {ConnectionGroup} from '../../core/rollout/groups.ts';
import {environmentWord} from '../connections/look.ts';
import {askPick} from '../input-flow.ts';
import type {Parts} from '../parts.ts';
import {connectionGroups} from './connection-groups.ts';

/** What the connections chosen last are remembered under, for the workspace. */
const lastChosen = 'rollout.connections';

export interface ChosenTargets {
  readonly connections: readonly Connection[];
  readonly group?: string;
}

/**
 * Asks which databases: a group of the settings, or connections one by one.
 * @param marked chosen already, such as the row that the command was taken from
 */
export async function chooseTargets(
  parts: Parts,
  marked: readonly Connection[],
): Promise<ChosenTargets | undefined> {
  await parts.connections.discover();
  const groups = await connectionGroups();
  if (groups.length === 0) return chooseEach(parts, marked);
  const answer = await askPick({
    title: l10n.t('Apply to Several Databases'),
    placeholder: l10n.t('Which databases?'),
    items: [
      ...groups.map(group => ({
        label: group.name,
        description: l10n.t('{0} connections', group.connections.length),
        detail: group.connections.join(', '),
        iconPath: new ThemeIcon('server-environment'),
        group,
      })),
      {label: l10n.t('Choose Connections…'), iconPath: new ThemeIcon('checklist'), group: undefined},
    ],
  });
  if (answer.kind !== 'answer') return undefined;
  return answer.value.group ? ofGroup(parts, answer.value.group) : chooseEach(parts, marked);
}

/** @returns connections as targets: where they are just those of a group, the group, so that its rollout goes on */
export async function targetsOf(connections: readonly Connection[]): Promise<ChosenTargets> {
  const names = connections.map(({name}) => name).toSorted();
  const groups = await connectionGroups();
  const group = groups.find(each => isDeepStrictEqual(each.connections.toSorted(), names));
  return group ? {connections, group: group.name} : {connections};
}

/** A group of which only a part is here would leave the rest behind without a word. */
async function ofGroup({connections}: Parts, group: ConnectionGroup): Promise<ChosenTargets | undefined> {
  const all = connections.list();
  const found = group.connections.map(name => ({name, here: all.filter(one => one.name === name)}));
  const wrong = found.filter(({here}) => here.length !== 1).map(({name}) => `“${name}”`);
  if (wrong.length === 0) return {group: group.name, connections: found.flatMap(({here}) => here)};
  const open = l10n.t('Open Settings');
  const answer = await window.showErrorMessage(
    l10n.t(
      'The group {0} has names that are not exactly one connection here: {1}.',
      group.name,
      wrong.join(', '),
    ),
    open,
  );
  if (answer === open)
    await commands.executeCommand('workbench.action.openSettings', 'howdah.connectionGroups');
  return undefined;
}

interface Item extends QuickPickItem {
  readonly connection: Connection;
}

async function chooseEach(
  {connections, context}: Parts,
  marked: readonly Connection[],
): Promise<ChosenTargets | undefined> {
  const known = context.workspaceState.get<readonly string[]>(lastChosen, []);
  const items = connections.list().map((connection): Item => ({
    label: connection.name,
    description: [environmentWord(connection.environment), connection.readOnly ? l10n.t('read-only') : '']
      .filter(Boolean)
      .join(' · '),
    detail: describeTarget(connection.settings),
    picked: known.includes(connection.id) || marked.some(({id}) => id === connection.id),
    connection,
  }));
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('There is no connection yet.'));
    return undefined;
  }
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Apply to Several Databases'),
    placeHolder: l10n.t('Which databases? Groups of them can be named in the settings.'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen || chosen.length === 0) return undefined;
  await context.workspaceState.update(
    lastChosen,
    chosen.map(({connection}) => connection.id),
  );
  return {connections: chosen.map(({connection}) => connection)};
}
