import {l10n, type QuickPickItem} from 'vscode';
import type {Environment} from '../../core/connections/connection.ts';

/** The environments with what each of them means; production also as a read-only one. */
export function environmentItems(): readonly (QuickPickItem & {
  environment: Environment;
  readOnly: boolean;
})[] {
  return [
    {
      label: l10n.t('Development'),
      detail: l10n.t('Enter confirms a plan.'),
      environment: 'development',
      readOnly: false,
    },
    {
      label: l10n.t('Staging'),
      detail: l10n.t('The button that confirms names the target.'),
      environment: 'staging',
      readOnly: false,
    },
    {
      label: l10n.t('Production'),
      detail: l10n.t('Shown in the error colour; every write asks for the name to be typed.'),
      environment: 'production',
      readOnly: false,
    },
    {
      label: l10n.t('Production, read-only'),
      detail: l10n.t('As production; and the server refuses every write.'),
      environment: 'production',
      readOnly: true,
    },
  ];
}
