import {commands, l10n, window} from 'vscode';
import type {Failure} from '../core/outcome.ts';
import type {Log} from './log.ts';

/** Shows one failure as one message: what happened, and what to do next. A cancel is not a failure. */
export function showFailure(log: Log, doing: string, failure: Failure): void {
  log.failure(doing, failure);
  if (failure.reason === 'cancelled') return;
  const more = [failure.server?.detail, failure.server?.hint, failure.advice].filter(Boolean).join(' ');
  const text = more === '' ? failure.message : `${failure.message} ${more}`;
  const showLog = l10n.t('Show Log');
  const {setting} = failure;
  const openSetting = l10n.t('Open Setting');
  const actions = setting === undefined ? [showLog] : [openSetting, showLog];
  void window.showErrorMessage(`${doing}: ${text}`, ...actions).then(answer => {
    if (answer === showLog) log.show();
    if (answer === openSetting && setting !== undefined) void showSetting(setting);
  });
}

/** @param setting as a failure names it, such as `alembic.python` */
export async function showSetting(setting: string): Promise<void> {
  await commands.executeCommand(settingsCommand, ...settingsArguments(setting));
}

export const settingsCommand = 'workbench.action.openSettings';

export function settingsArguments(setting: string): [string] {
  return [`@id:howdah.${setting}`];
}
