import {l10n, window} from 'vscode';
import type {Connection} from '../core/connections/connection.ts';
import {environmentWord} from './connections/look.ts';

export interface Write {
  /** What will happen, as a sentence. */
  readonly what: string;
  readonly detail?: string;
  /** The label of the button, such as `Force`. */
  readonly action: string;
}

/**
 * Asks before a write, as the environment demands: one click, or for production the name of the connection typed.
 * @returns true when the user confirmed
 */
export async function confirmWrite(connection: Connection, write: Write): Promise<boolean> {
  if (connection.readOnly) {
    void window.showErrorMessage(
      l10n.t(
        '{0} is read-only, so nothing was changed. Allow writing in its context menu first.',
        connection.name,
      ),
    );
    return false;
  }
  if (connection.environment === 'production') return typeName(connection, write);
  const answer = await window.showWarningMessage(
    write.what,
    {
      modal: true,
      detail: [
        l10n.t('Target: {0} ({1})', connection.name, environmentWord(connection.environment)),
        write.detail,
      ]
        .filter(Boolean)
        .join('\n\n'),
    },
    write.action,
  );
  return answer === write.action;
}

/** Asks for the name of a connection. @returns true when exactly that was typed */
export async function typeName(connection: Connection, write: Write): Promise<boolean> {
  const typed = await window.showInputBox({
    title: l10n.t('Production: {0}', write.what),
    prompt: l10n.t('{0} Type “{1}” to confirm.', write.detail ?? '', connection.name).trim(),
    placeHolder: connection.name,
    ignoreFocusOut: true,
    validateInput: text =>
      text === connection.name || text === '' ? undefined : l10n.t('That is not the name of the connection.'),
  });
  return typed === connection.name;
}
