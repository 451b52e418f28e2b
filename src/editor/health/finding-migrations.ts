import {basename} from 'node:path';
import {l10n, ProgressLocation, Uri, ViewColumn, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Action} from '../../core/health/finding.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {Notice} from '../../protocol/health-model.ts';
import {showFailure} from '../failures.ts';
import {createSeries} from '../migrations/create-series.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {subject} from '../rehearse/rehearsal-subject.ts';
import {rehearseWritten} from '../rehearse/rehearse-written.ts';
import type {WritingVerdict} from '../rehearse/writing-verdict.ts';

export type MigrationAction = Omit<Extract<Action, {kind: 'migration'}>, 'kind'>;

/** Names in a notice; of more, the number is said. */
const mostNames = 3;

/**
 * Writes the migrations of findings in the project that the user chooses, opens the first, rehearses all and says what
 * the rehearsal found. Nothing is run on the connection.
 */
export async function writeFindingMigrations(
  parts: Parts,
  connection: Connection,
  {title, migrations}: MigrationAction,
  notify: (notice: Notice | null) => void,
): Promise<void> {
  await parts.projects.ready();
  const project = await pickProject(parts, connection);
  if (!project) return;
  const created = await createSeries(project, migrations);
  if (!created.ok) return showFailure(parts.log, title, created.failure);
  await parts.projects.detect();
  const [first] = created.value;
  if (first === undefined) return;
  await window.showTextDocument(Uri.file(first), {viewColumn: ViewColumn.Beside, preview: false});
  const names = namesOf(created.value);
  notify({tone: 'busy', text: l10n.t('{0}: written, and being rehearsed…', names), more: []});
  const verdict = await rehearsed(parts, connection, project, created.value);
  notify({...verdict, text: l10n.t('{0}: {1}', names, verdict.text)});
}

function namesOf(paths: readonly string[]): string {
  const names = paths.slice(0, mostNames).map(path => basename(path));
  return paths.length > mostNames
    ? l10n.t('{0} and {1} more', names.join(', '), paths.length - mostNames)
    : names.join(', ');
}

async function rehearsed(
  parts: Parts,
  connection: Connection,
  project: Project,
  paths: readonly string[],
): Promise<WritingVerdict> {
  const listed = await project.list();
  const all = listed.ok ? listed.value.migrations : [];
  const written = all.filter(({up}) => up !== undefined && paths.includes(up));
  const title = l10n.t('Rehearsing what was written');
  const location = ProgressLocation.Notification;
  const abort = new AbortController();
  return window.withProgress({location, title, cancellable: true}, async (_progress, token) => {
    const listening = token.onCancellationRequested(() => abort.abort());
    const verdict = await rehearseWritten(parts, subject(parts, project, written, connection), abort.signal);
    listening.dispose();
    return verdict;
  });
}
