import {l10n, ProgressLocation, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';

/**
 * Makes the database that a connection names and its server lacks, once confirmed, through another database of the
 * server.
 * @returns whether it is there now
 */
export async function createDatabaseOf(parts: Parts, connection: Connection): Promise<boolean> {
  const {database, user} = connection.settings;
  const doing = l10n.t('Creating the database {0}', database);
  const confirmed = await confirmWrite(connection, {
    what: l10n.t('Create the database “{0}”?', database),
    detail: l10n.t('{0}\nIt will be empty, and belong to {1}.', describeTarget(connection.settings), user),
    action: l10n.t('Create'),
  });
  if (!confirmed) return false;
  const {createDatabase} = await import('../../postgres/create-database.ts');
  const created = await window.withProgress({location: ProgressLocation.Window, title: doing}, () =>
    createDatabase(
      other =>
        parts.sessions.open(
          {...connection, settings: {...connection.settings, database: other}},
          {readOnly: false, ask: true},
        ),
      database,
    ),
  );
  if (!created.ok) showFailure(parts.log, doing, created.failure);
  return created.ok;
}
