import {l10n, Uri, window, workspace} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {baselineCautions, baselineReport} from '../../core/reshape/baseline-report.ts';
import {borrowFolder} from '../../frameworks/reshape/borrow-folder.ts';
import {writeNewFiles} from '../../frameworks/shared/new-files.ts';
import type {Project} from '../../frameworks/framework.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {readLive, unchangedSince, type LiveSchema} from '../../postgres/reshape/read-live.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';
import {pause} from '../schema/origins.ts';
import {projectOptions} from '../settings.ts';
import {baselineSubject, refuseBaseline, type BaselineSubject} from './baseline-subject.ts';
import {onBench, withProgress} from './on-bench.ts';
import {prepareBaseline, type Prepared} from '../../frameworks/reshape/prepare-baseline.ts';
import {recordLast} from './record.ts';

/** Writes the first migration from the live schema, once it is proven and confirmed, and records it as applied. */
export async function baseline(parts: Parts, argument: unknown): Promise<void> {
  const subject = await baselineSubject(parts, argument);
  if (!subject) return;
  const giveBack = await borrowFolder(subject.project.folder);
  try {
    await baselineOf(parts, subject);
  } finally {
    await giveBack();
  }
}

async function baselineOf(parts: Parts, subject: BaselineSubject): Promise<void> {
  const {connection} = subject;
  const doing = l10n.t('Baseline of {0}', connection.name);
  const prepared = await withProgress(doing, (signal, say) => prepare(parts, subject, signal, say));
  if (!prepared.ok) return showFailure(parts.log, doing, prepared.failure);
  if (prepared.value === 'refused') return;
  const {live, drafted} = prepared.value;
  if (drafted.files.length === 0) {
    void window.showInformationMessage(
      l10n.t('{0} has no schema yet. Create the first migration instead.', connection.name),
    );
    return;
  }
  if (!(await confirmed(subject, drafted))) return;
  const same = await stillSame(parts, connection, live);
  if (!same.ok) return showFailure(parts.log, doing, same.failure);
  await write(parts, subject, drafted, doing);
}

/** Somebody may have changed it while the user was asked. */
async function stillSame(parts: Parts, connection: Connection, live: LiveSchema): Promise<Outcome<void>> {
  const session = await parts.sessions.open(connection, {readOnly: true, ask: true});
  if (!session.ok) return session;
  try {
    return await unchangedSince(session.value, live);
  } finally {
    await session.value.close();
  }
}

interface Drafted {
  readonly live: LiveSchema;
  readonly drafted: Prepared;
}

async function prepare(
  parts: Parts,
  {connection, project}: BaselineSubject,
  signal: AbortSignal,
  say: (words: string) => void,
): Promise<Outcome<Drafted | 'refused'>> {
  say(l10n.t('reading the schema'));
  const options = projectOptions(connection.settings.extra, Uri.file(project.folder));
  const seen = await look(parts, connection, project, signal);
  if (!seen.ok) return seen;
  if (seen.value === 'refused') return ok('refused');
  const {live, table} = seen.value;
  say(l10n.t('running what was written in an empty PostgreSQL'));
  const request = {
    project,
    options,
    live: live.snapshot,
    tables: [table],
    title: 'baseline',
    now: new Date(),
  };
  const drafted = await onBench(parts, connection, signal, bench =>
    prepareBaseline(bench, createParser(), request, {pause}),
  );
  return drafted.ok ? ok({live, drafted: drafted.value}) : drafted;
}

interface Seen {
  readonly live: LiveSchema;
  readonly table: string;
}

async function look(
  parts: Parts,
  connection: Connection,
  project: Project,
  signal: AbortSignal,
): Promise<Outcome<Seen | 'refused'>> {
  const session = await parts.sessions.open(connection, {readOnly: true, ask: true, signal});
  if (!session.ok) return session;
  try {
    const status = await project.status(
      session.value,
      projectOptions(connection.settings.extra, Uri.file(project.folder)),
      {environment: parts.sessions.environment(connection)},
    );
    if (!status.ok) return status;
    if (refuseBaseline(connection, status.value)) return ok('refused');
    const live = await readLive(session.value, {signal});
    return live.ok ? ok({live: live.value, table: status.value.bookkeeping.table}) : live;
  } finally {
    await session.value.close();
  }
}

function confirmed(
  {connection, project}: BaselineSubject,
  {files, baseline: written, differences}: Prepared,
): Promise<boolean> {
  const proof =
    differences.length === 0
      ? l10n.t('Proven: run in an empty PostgreSQL, they lead to the schema of {0}.', connection.name)
      : '';
  const detail = [
    ...files.map(({path}) => `• ${workspace.asRelativePath(path)}`),
    '',
    proof,
    ...baselineCautions(written, differences),
    l10n.t(
      'No statement runs on {0}: the version is recorded as applied, and nothing else.',
      connection.name,
    ),
  ];
  return confirmWrite(connection, {
    what: l10n.t(
      'Write the baseline to {0}, and record it as applied on {1}?',
      workspace.asRelativePath(project.folder),
      connection.name,
    ),
    detail: detail.filter((line, index) => line !== '' || index === files.length).join('\n'),
    action: l10n.t('Write and Record'),
  });
}

async function write(
  parts: Parts,
  {connection, project, tool}: BaselineSubject,
  {files, baseline: written, differences}: Prepared,
  doing: string,
): Promise<void> {
  const paths = await writeNewFiles(project.folder, files);
  if (!paths.ok) return showFailure(parts.log, doing, paths.failure);
  await parts.projects.detect();
  const now = parts.projects.list().find(({folder}) => folder === project.folder) ?? project;
  const recorded = await recordLast(parts, connection, now);
  if (!recorded.ok) showFailure(parts.log, doing, recorded.failure);
  const report = baselineReport({
    target: connection.name,
    tool,
    baseline: written,
    differences,
    files: paths.value.map(path => workspace.asRelativePath(path)),
    ...(recorded.ok ? {recorded: recorded.value} : {failure: recorded.failure.message}),
  });
  const [first] = paths.value;
  if (first !== undefined) await window.showTextDocument(Uri.file(first), {preview: false});
  await parts.documents.preview(`${doing}.md`, report);
}
