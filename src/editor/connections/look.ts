import {l10n, ThemeColor, ThemeIcon} from 'vscode';
import type {Connection, Environment} from '../../core/connections/connection.ts';

/** @returns the word for an environment. */
export function environmentWord(environment: Environment): string {
  switch (environment) {
    case 'development':
      return l10n.t('development');
    case 'staging':
      return l10n.t('staging');
    case 'production':
      return l10n.t('production');
    default:
      return environment satisfies never;
  }
}

/** @returns the icon of a connection: its shape says whether it is connected, its colour how careful to be. */
export function connectionIcon({environment, source}: Connection, connected: boolean): ThemeIcon {
  const shape = source.kind === 'playground' ? 'beaker' : connected ? 'database' : 'plug';
  return new ThemeIcon(shape, iconColor(environment, connected));
}

function iconColor(environment: Environment, connected: boolean): ThemeColor | undefined {
  if (environment === 'production') return new ThemeColor('errorForeground');
  if (environment === 'staging') return new ThemeColor('list.warningForeground');
  return connected ? new ThemeColor('testing.iconPassed') : undefined;
}
