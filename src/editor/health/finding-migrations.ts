import {basename} from 'node:path';
import {commands, l10n, Uri, ViewColumn, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Action} from '../../core/health/finding.ts';
import type {Notice} from '../../protocol/health-model.ts';
import type {CommandId} from '../commands/commands.ts';
import {showFailure} from '../failures.ts';
import {createSeries} from '../migrations/create-series.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';

export type MigrationAction = Omit<Extract<Action, {kind: 'migration'}>, 'kind'>;

/** Writes the migrations of a finding, opens the first, and rehearses it. Nothing is run on the connection. */
export async function writeFindingMigrations(
  parts: Parts,
  connection: Connection,
  {title, migrations}: MigrationAction,
  notify: (notice: Notice | null) => void,
): Promise<void> {
  await parts.projects.ready();
  const project = await pickProject(parts);
  if (!project) return;
  const created = await createSeries(project, migrations);
  if (!created.ok) return showFailure(parts.log, title, created.failure);
  await parts.projects.detect();
  const [first] = created.value;
  if (first === undefined) return;
  await window.showTextDocument(Uri.file(first), {viewColumn: ViewColumn.Beside, preview: false});
  const names = created.value.map(path => basename(path)).join(', ');
  notify({tone: 'good', text: l10n.t('Written for {0}: {1}', connection.name, names), more: []});
  const rehearse: CommandId = 'howdah.rehearse.migration';
  await commands.executeCommand(rehearse, Uri.file(first));
}
