import {l10n, Uri, window, workspace} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {labelOf} from '../../core/migrations/position.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {convertCautions, convertReport} from '../../core/reshape/convert-report.ts';
import {counterpartOf, separateBooks} from '../../core/reshape/counterpart.ts';
import type {Project} from '../../frameworks/framework.ts';
import {borrowFolder} from '../../frameworks/reshape/borrow-folder.ts';
import {writeNewFiles} from '../../frameworks/shared/new-files.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import {folderOf} from '../migrations/project-words.ts';
import {subjectOf} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';
import {convertHome} from './convert-home.ts';
import {onBench, withProgress} from './on-bench.ts';
import {prepareConvert, type Converted} from '../../frameworks/reshape/prepare-convert.ts';
import {record} from './record.ts';

interface Conversion {
  readonly connection: Connection;
  readonly from: Project;
  readonly to: Project;
}

/** Writes a project's migrations in the form of another tool, once they are proven equal, and records where a database is. */
export async function convert(parts: Parts, argument: unknown): Promise<void> {
  const subject = await subjectOf(parts, argument);
  if (!subject) return;
  const {connection, project: from} = subject;
  const title = l10n.t('Convert {0}', folderOf(from));
  const to = await convertHome(parts, from, title);
  if (!to) return;
  const giveBack = await borrowFolder(to.folder);
  try {
    await convertTo(parts, {connection, from, to}, title);
  } finally {
    await giveBack();
  }
}

async function convertTo(parts: Parts, conversion: Conversion, doing: string): Promise<void> {
  const {connection, from, to} = conversion;
  const options = projectOptions(connection.settings.extra, Uri.file(from.folder));
  const converted = await withProgress(doing, (signal, say) => {
    say(l10n.t('replaying both histories in an empty PostgreSQL'));
    return onBench(parts, connection, signal, bench =>
      prepareConvert(bench, {from, to, options, now: new Date()}),
    );
  });
  if (!converted.ok) return showFailure(parts.log, doing, converted.failure);
  const {differences} = converted.value;
  if (differences.length > 0) return showFailure(parts.log, doing, unequal(differences));
  if (!(await confirmed(parts, conversion, converted.value))) return;
  const paths = await writeNewFiles(to.folder, converted.value.files);
  if (!paths.ok) return showFailure(parts.log, doing, paths.failure);
  await parts.projects.detect();
  await finish(parts, conversion, converted.value, paths.value);
}

function unequal(differences: readonly string[]): Extract<Outcome<never>, {ok: false}>['failure'] {
  return fail(
    'invalid-input',
    l10n.t(
      'The converted history does not lead to the same: {0} Nothing was written.',
      differences.slice(0, 3).join(' '),
    ),
  ).failure;
}

async function confirmed(
  parts: Parts,
  {connection, from, to}: Conversion,
  converted: Converted,
): Promise<boolean> {
  const tool = parts.projects.frameworkName(to);
  const action = l10n.t('Write Files');
  const detail = [
    l10n.t('Proven: both histories lead to the same schema, rows and sequences.'),
    ...convertCautions({to: {tool, folder: to.folder}, ...converted}),
    l10n.t(
      '{0} files are new. Nothing of {1} is changed or deleted.',
      converted.files.length,
      folderOf(from),
    ),
    l10n.t('{0} is not touched before you say so.', connection.name),
  ];
  const answer = await window.showInformationMessage(
    l10n.t(
      'Write {0} migrations for {1} to {2}?',
      converted.migrations,
      tool,
      workspace.asRelativePath(to.folder),
    ),
    {modal: true, detail: detail.join('\n\n')},
    action,
  );
  return answer === action;
}

async function finish(
  parts: Parts,
  {connection, from, to}: Conversion,
  converted: Converted,
  paths: readonly string[],
): Promise<void> {
  const tool = parts.projects.frameworkName(to);
  const project = parts.projects.list().find(({folder}) => folder === to.folder) ?? to;
  const status = await parts.statuses.read(connection, from);
  const recorded = status.ok ? await recordThere(parts, {connection, from, to: project}, tool) : status;
  const report = convertReport({
    ...converted,
    from: {
      tool: parts.projects.frameworkName(from),
      folder: workspace.asRelativePath(from.folder),
      ...(status.ok ? {table: status.value.bookkeeping.table} : {}),
    },
    to: {tool, folder: workspace.asRelativePath(to.folder)},
    files: paths.map(path => workspace.asRelativePath(path)),
    ...(recorded.ok
      ? {recorded: {target: connection.name, version: recorded.value}}
      : {failure: [recorded.failure.message, recorded.failure.advice].filter(Boolean).join(' ')}),
  });
  await parts.documents.preview(`${l10n.t('Convert {0}', folderOf(from))}.md`, report);
}

async function recordThere(
  parts: Parts,
  {connection, from, to}: Conversion,
  tool: string,
): Promise<Outcome<string>> {
  const [status, old, now] = [
    await parts.statuses.read(connection, from),
    await from.list(),
    await to.list(),
  ];
  if (!status.ok) return status;
  if (!old.ok) return old;
  if (!now.ok) return now;
  const separate = separateBooks([from.framework, to.framework], status.value.bookkeeping.table);
  if (!separate.ok) return separate;
  const position = counterpartOf(status.value, old.value.migrations, now.value.migrations);
  if (!position.ok) return position;
  if (position.value.kind === 'none') return ok(l10n.t('no version'));
  const yes = await confirmWrite(connection, {
    what: l10n.t('Record for {0} what has run on {1}?', tool, connection.name),
    detail: l10n.t('Its own table is made and filled. No migration runs, and the old table stays as it is.'),
    action: l10n.t('Record'),
  });
  if (!yes) return fail('cancelled', l10n.t('You chose not to record {0}.', connection.name));
  const recorded = await record(parts, connection, to, position.value);
  return recorded.ok ? ok(labelOf(position.value, now.value.migrations) ?? '') : recorded;
}
