import {l10n, ProgressLocation, window} from 'vscode';
import type {ObjectName} from '../../core/explain/finding.ts';
import type {Connection} from '../../core/connections/connection.ts';
import type {Outcome} from '../../core/outcome.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';

/**
 * Runs ANALYZE or VACUUM on a table once confirmed, and offers to explain again.
 * @param again explains the statement again
 */
export async function maintainTable(
  parts: Parts,
  connection: Connection,
  kind: 'analyze' | 'vacuum',
  table: ObjectName,
  again: () => Promise<void>,
): Promise<void> {
  const name = `${quoteWhereNeeded(table.schema)}.${quoteWhereNeeded(table.name)}`;
  const sql = `${kind.toUpperCase()} ${name}`;
  const what = l10n.t('Run {0}', sql);
  const now = parts.connections.get(connection.id) ?? connection;
  if (!(await confirmWrite(now, {what, detail: effectOf(kind), action: l10n.t('Run')}))) return;
  const doing = l10n.t('{0} on {1}', sql, connection.name);
  const done = await running(parts, now, sql, doing);
  if (!done.ok) return showFailure(parts.log, doing, done.failure);
  const explainAgain = l10n.t('Explain Again');
  const answer = await window.showInformationMessage(l10n.t('{0}: done.', doing), explainAgain);
  if (answer === explainAgain) await again();
}

function effectOf(kind: 'analyze' | 'vacuum'): string {
  return kind === 'analyze'
    ? l10n.t('It reads a sample of the table and stores new statistics. Reading and writing go on meanwhile.')
    : l10n.t('It reads the table and frees the space of dead rows. Reading and writing go on meanwhile.');
}

async function running(
  parts: Parts,
  connection: Connection,
  sql: string,
  title: string,
): Promise<Outcome<void>> {
  const options = {location: ProgressLocation.Notification, title, cancellable: true};
  return window.withProgress(options, async (_progress, token) => {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    const {signal} = abort;
    const session = await parts.sessions.open(connection, {readOnly: false, ask: true, signal});
    const outcome = session.ok ? await session.value.script(sql, signal) : session;
    if (session.ok) await session.value.close();
    listening.dispose();
    return outcome;
  });
}
