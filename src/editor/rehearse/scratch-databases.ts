import {l10n, ProgressLocation, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {dropScratchDatabase, findScratchDatabases} from '../../postgres/rehearse/scratch.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';

/** Lets the user pick among the scratch databases on the connection's server, and drops them. */
export async function removeScratchDatabases(parts: Parts, connection: Connection): Promise<void> {
  const doing = l10n.t('Removing scratch databases from {0}', connection.name);
  const session = await parts.sessions.open(connection, {readOnly: false, ask: true});
  if (!session.ok) return showFailure(parts.log, doing, session.failure);
  try {
    const found = await findScratchDatabases(session.value);
    if (!found.ok) return showFailure(parts.log, doing, found.failure);
    if (found.value.length === 0) {
      void window.showInformationMessage(l10n.t('There is no scratch database on {0}.', connection.name));
      return;
    }
    const chosen = await window.showQuickPick(
      found.value.map(database => ({
        label: database.name,
        description: database.words,
        picked: !database.inUse,
        database,
      })),
      {title: l10n.t('Remove Scratch Databases from {0}', connection.name), canPickMany: true},
    );
    if (!chosen || chosen.length === 0) return;
    await window.withProgress({location: ProgressLocation.Notification, title: doing}, async () => {
      for (const {database} of chosen) {
        const dropped = await dropScratchDatabase(session.value, database.name);
        if (!dropped.ok) return showFailure(parts.log, doing, dropped.failure);
      }
      window.setStatusBarMessage(l10n.t('{0} scratch databases removed', chosen.length), 5000);
    });
  } finally {
    await session.value.close();
  }
}
