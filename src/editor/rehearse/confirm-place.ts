import {l10n, window} from 'vscode';
import {describeTarget} from '../../core/connections/url.ts';
import {confirmWrite} from '../confirm.ts';
import type {Where} from './perform.ts';
import type {RehearsalSubject} from './rehearsal-subject.ts';

/** Asks before anything is done on a server. @returns true when it may be done */
export async function confirmPlace(
  {connection, migrations}: RehearsalSubject,
  where: Where,
): Promise<boolean> {
  if (where === 'embedded') return true;
  if (!connection) return false;
  if (where === 'scratch') {
    const action = l10n.t('Make Scratch Database');
    const answer = await window.showWarningMessage(
      l10n.t('Rehearse on a scratch database on {0}?', connection.name),
      {
        modal: true,
        detail: l10n.t(
          'A new database is made on {0}, the history and the rehearsed files run in it, and it is dropped at the end. No other database is changed. Files that make roles make them for the whole server.',
          describeTarget(connection.settings),
        ),
      },
      action,
    );
    return answer === action;
  }
  return confirmWrite(connection, {
    what:
      migrations.length === 1
        ? l10n.t('Rehearse {0} on {1} and roll it back?', migrations[0]?.label ?? '', connection.name)
        : l10n.t('Rehearse {0} migrations on {1} and roll them back?', migrations.length, connection.name),
    detail: l10n.t(
      'The files really run there, between BEGIN and ROLLBACK. Until then they hold their locks, so others may wait; sequences advance, and what functions do outside of the database stays done.',
    ),
    action: l10n.t('Run and Roll Back'),
  });
}
