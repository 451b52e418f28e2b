import {commands, l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {Parts} from '../parts.ts';
import {environmentWord} from './look.ts';

type Item = QuickPickItem & ({readonly connection: Connection} | {readonly action: 'add' | 'playground'});

/** @returns the target connection; where there is none yet the user chooses it, and it becomes the target. */
export async function pickConnection(parts: Parts): Promise<Connection | undefined> {
  await parts.connections.discover();
  return parts.connections.target() ?? (await selectTarget(parts));
}

/** Asks for the target connection and remembers it. */
export async function selectTarget(parts: Parts): Promise<Connection | undefined> {
  await parts.connections.discover();
  const chosen = await window.showQuickPick(items(parts), {
    title: l10n.t('Target Connection'),
    placeHolder: l10n.t('Actions that name no connection are for this one'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return undefined;
  if ('action' in chosen) {
    await commands.executeCommand(
      chosen.action === 'add' ? 'howdah.connections.add' : 'howdah.playground.start',
    );
    return parts.connections.target();
  }
  await parts.connections.setTarget(chosen.connection.id);
  return chosen.connection;
}

function items(parts: Parts): readonly Item[] {
  const target = parts.connections.target()?.id;
  const connections = parts.connections.list().map(connection => ({
    label: connection.name,
    description: [
      environmentWord(connection.environment),
      connection.readOnly ? l10n.t('read-only') : '',
      connection.id === target ? l10n.t('current target') : '',
    ]
      .filter(Boolean)
      .join(' · '),
    detail: describeTarget(connection.settings),
    iconPath: new ThemeIcon('database'),
    connection,
  }));
  return [
    ...connections,
    {label: '', kind: QuickPickItemKind.Separator, action: 'add'},
    {label: l10n.t('Add Connection…'), iconPath: new ThemeIcon('add'), action: 'add'},
    {label: l10n.t('Start Playground'), iconPath: new ThemeIcon('beaker'), action: 'playground'},
  ];
}
