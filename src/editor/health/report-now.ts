import {setImmediate} from 'node:timers/promises';
import {l10n, ProgressLocation, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {assess} from '../../core/health/assess.ts';
import {partNames} from '../../core/health/parts.ts';
import type {HealthReport} from '../../core/health/report.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {readHealth} from '../../postgres/health/read-health.ts';
import {showFailure} from '../failures.ts';
import {askPick} from '../input-flow.ts';
import type {Parts} from '../parts.ts';
import {assessOptions} from './assess-options.ts';
import {makeHealthReport, type ReportRequest} from './health-report.ts';

/** Asks for the form, looks at everything once, and opens the report. */
export async function reportNow(parts: Parts, connection: Connection): Promise<void> {
  const answer = await askPick({
    title: l10n.t('Health Report of {0}', connection.name),
    placeholder: l10n.t('In which form?'),
    items: [
      {label: 'Markdown', format: 'markdown' as const},
      {label: 'HTML', format: 'html' as const},
      {label: 'JSON', format: 'json' as const},
    ],
  });
  if (answer.kind !== 'answer') return;
  const title = l10n.t('Looking at {0}', connection.name);
  const options = {location: ProgressLocation.Notification, title, cancellable: true};
  const report = await window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    const looked = await look(parts, connection, abort.signal);
    listening.dispose();
    return looked;
  });
  if (!report.ok) return showFailure(parts.log, title, report.failure);
  const format: ReportRequest['format'] = answer.value.format;
  await makeHealthReport(parts, report.value, {format, to: 'editor'});
}

async function look(
  parts: Parts,
  connection: Connection,
  signal: AbortSignal,
): Promise<Outcome<HealthReport>> {
  const session = await parts.sessions.open(connection, {readOnly: false, ask: true, signal});
  if (!session.ok) return session;
  const pause = (): Promise<void> => setImmediate();
  const read = await readHealth(session.value, partNames, {signal, pause});
  await session.value.close();
  if (!read.ok) return read;
  const {reading, cost} = read.value;
  const assessment = await assess(reading, {...assessOptions(connection), pause});
  return ok({name: connection.name, at: Date.now(), reading, assessment, cost});
}
