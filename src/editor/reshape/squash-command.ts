import {l10n, Uri, window, workspace, WorkspaceEdit} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import type {Outcome} from '../../core/outcome.ts';
import {archivedPath, squashedOf} from '../../core/reshape/squash.ts';
import {squashReport} from '../../core/reshape/squash-report.ts';
import {enumerated} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import {removeEmptied} from '../../frameworks/reshape/move-files.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {showFailure} from '../failures.ts';
import {folderOf} from '../migrations/project-words.ts';
import {pickMigration, subjectOf, type Subject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';
import {correctRows} from './correct-rows.ts';
import {onBench, withProgress} from './on-bench.ts';
import {standingsOf, standingWords, type Standing} from './standings.ts';
import {prepareSquash, type Squashed} from '../../frameworks/reshape/prepare-squash.ts';

/** Makes one migration of the oldest ones, once it is proven equal, and moves their files where the tool does not look. */
export async function squash(parts: Parts, argument: unknown): Promise<void> {
  const subject = await subjectOf(parts, argument);
  if (!subject) return;
  const doing = l10n.t('Squashing {0}', folderOf(subject.project));
  const chosen = await choose(parts, subject);
  if (chosen === undefined) return;
  if (!chosen.ok) return showFailure(parts.log, doing, chosen.failure);
  const squashed = chosen.value;
  const standings = await standingsOf(parts, subject, squashed);
  if (!standings.ok) return showFailure(parts.log, doing, standings.failure);
  const made = await prepare(parts, subject, squashed.length, doing);
  if (!made.ok) return showFailure(parts.log, doing, made.failure);
  if (made.value.differences.length > 0) return showFailure(parts.log, doing, unequal(made.value));
  if (!(await confirmed(subject.project, squashed, made.value, standings.value))) return;
  if (!(await move(subject.project, squashed, made.value))) {
    void window.showErrorMessage(l10n.t('The files could not be moved, so nothing was changed.'));
    return;
  }
  await parts.projects.detect();
  await finish(parts, subject, squashed, made.value);
}

async function choose(parts: Parts, subject: Subject): Promise<Outcome<readonly Migration[]> | undefined> {
  const {project} = subject;
  const history = await project.list();
  if (!history.ok) return history;
  const {migrations} = history.value;
  // There is nothing to choose from: it says why.
  if (migrations.length < 2) return squashedOf(project.framework, migrations, '');
  const last = await pickMigration(parts, subject, {
    placeholder: l10n.t('Squash all up to and including which migration?'),
    wanted: id => id !== migrations[0]?.id,
  });
  return last && squashedOf(project.framework, migrations, last.id);
}

function prepare(
  parts: Parts,
  {connection, project}: Subject,
  count: number,
  doing: string,
): Promise<Outcome<Squashed>> {
  const options = projectOptions(connection.settings.extra, Uri.file(project.folder));
  return withProgress(doing, (signal, say) => {
    say(l10n.t('replaying both histories in an empty PostgreSQL'));
    const request = {project, options, count, now: new Date()};
    return onBench(parts, connection, signal, bench => prepareSquash(bench, createParser(), request));
  });
}

function unequal({differences}: Squashed): {readonly reason: 'invalid-input'; readonly message: string} {
  const message = l10n.t(
    'One file would not lead to the same: {0} Nothing was changed.',
    differences.slice(0, 3).join(' '),
  );
  return {reason: 'invalid-input', message};
}

async function confirmed(
  project: Project,
  squashed: readonly Migration[],
  {files}: Squashed,
  standings: readonly Standing[],
): Promise<boolean> {
  const action = l10n.t('Squash');
  const shown = files.map(({path}) => workspace.asRelativePath(path));
  const detail = [
    l10n.t(
      '{0} to {1} become {2}.',
      squashed[0]?.label ?? '',
      squashed.at(-1)?.label ?? '',
      enumerated(shown),
    ),
    l10n.t('Proven: with all later migrations behind it, it leads to the same schema, rows and sequences.'),
    l10n.t(
      'The old files move to {0}, where no tool reads them.',
      workspace.asRelativePath(`${project.folder}.squashed`),
    ),
    [
      ...standings.map(standingWords),
      l10n.t('Databases that are not listed here must have run all of them, or none.'),
    ].join('\n'),
  ];
  const answer = await window.showWarningMessage(
    l10n.t('Make one migration of {0} in {1}?', squashed.length, folderOf(project)),
    {modal: true, detail: detail.join('\n\n')},
    action,
  );
  return answer === action;
}

/** As one edit, so that one Undo takes all of it back. */
async function move(project: Project, squashed: readonly Migration[], {files}: Squashed): Promise<boolean> {
  const edit = new WorkspaceEdit();
  const paths = new Set(squashed.flatMap(({up, down}) => [up, down].flatMap(path => path ?? [])));
  for (const path of paths) edit.renameFile(Uri.file(path), Uri.file(archivedPath(project.folder, path)));
  for (const {path, text} of files)
    edit.createFile(Uri.file(path), {contents: new TextEncoder().encode(text), overwrite: false});
  const moved = await workspace.applyEdit(edit);
  if (moved) await removeEmptied(project.folder, [...paths]);
  return moved;
}

async function finish(
  parts: Parts,
  {project}: Subject,
  squashed: readonly Migration[],
  {files, rows}: Squashed,
): Promise<void> {
  const now = parts.projects.list().find(({folder}) => folder === project.folder) ?? project;
  const connections: readonly Connection[] = parts.connections
    .list()
    .filter(connection => parts.statuses.get(connection, project));
  const {recorded, left} = await correctRows(parts, now, squashed, connections);
  const file = files[0]?.path ?? '';
  await window.showTextDocument(Uri.file(file), {preview: false});
  const report = squashReport({
    tool: parts.projects.frameworkName(project),
    squashed: squashed.map(({label}) => label),
    file: workspace.asRelativePath(file),
    archive: workspace.asRelativePath(`${project.folder}.squashed`),
    rows,
    recorded,
    left,
  });
  await parts.documents.preview(`${l10n.t('Squashing {0}', folderOf(project))}.md`, report);
}
