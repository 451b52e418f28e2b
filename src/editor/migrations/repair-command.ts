import {l10n, QuickPickItemKind, ThemeIcon, Uri, window, type QuickPickItem} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Position} from '../../core/migrations/migration.ts';
import {labelOf} from '../../core/migrations/position.ts';
import type {Diagnosis, RepairChoice} from '../../frameworks/framework.ts';
import type {BrowseOptions} from '../connections/sessions.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure} from '../failures.ts';
import {projectOptions, settings} from '../settings.ts';
import type {Parts} from '../parts.ts';
import {openAt} from './open-file.ts';
import {mayDo} from './project-words.ts';
import type {Subject} from './subject.ts';

type Item = QuickPickItem & {readonly choice?: RepairChoice; readonly openFile?: boolean};

/** Says what a failed migration left behind, and records the version that the user chooses. */
export async function repair(parts: Parts, subject: Subject): Promise<void> {
  await askAndRepair(parts, subject);
}

/**
 * The same, for whoever goes on from there.
 * @returns whether a version was recorded
 */
export async function askAndRepair(
  parts: Parts,
  subject: Subject,
  browsing: BrowseOptions = {},
): Promise<boolean> {
  const {connection, project} = subject;
  const doing = l10n.t('Repairing {0}', connection.name);
  const diagnosis = await window.withProgress({location: {viewId: 'howdah.connections'}, title: doing}, () =>
    diagnose(parts, subject, browsing),
  );
  if (!diagnosis.ok) {
    showFailure(parts.log, doing, diagnosis.failure);
    return false;
  }
  const heading = l10n.t('What {0} left behind', parts.projects.label(project, diagnosis.value.failedId));
  await parts.documents.open(`${heading}.md`, 'markdown', report(heading, diagnosis.value));
  if (!mayDo(parts.projects, project, 'force')) return false;
  const chosen = await window.showQuickPick(items(diagnosis.value), {
    title: l10n.t('Repair {0}', connection.name),
    placeHolder: l10n.t('Which version is recorded as clean? No file runs.'),
    ignoreFocusOut: true,
  });
  if (chosen?.openFile && diagnosis.value.path !== undefined) await openAt(diagnosis.value.path);
  if (!chosen?.choice) return false;
  const {id, title, why} = chosen.choice;
  return force(parts, subject, id === undefined ? {kind: 'none'} : {kind: 'at', id}, {
    what: title,
    detail: why,
  });
}

/**
 * Records a version without running a file, once confirmed.
 * @returns whether it was recorded
 */
export async function force(
  parts: Parts,
  {connection, project}: Subject,
  position: Position,
  why: {readonly what: string; readonly detail: string},
): Promise<boolean> {
  if (!mayDo(parts.projects, project, 'force')) return false;
  const doing = l10n.t('Recording the version on {0}', connection.name);
  if (!(await confirmWrite(connection, {...why, action: l10n.t('Record')}))) return false;
  const scope = Uri.file(project.folder);
  const open = (): ReturnType<typeof parts.sessions.open> =>
    parts.sessions.open(connection, {readOnly: false, ask: true});
  const session = await open();
  if (!session.ok) {
    showFailure(parts.log, doing, session.failure);
    return false;
  }
  const run = {
    lockTimeout: settings.lockTimeout(scope),
    statementTimeout: settings.statementTimeout(scope),
    environment: parts.sessions.environment(connection),
  };
  const options = projectOptions(connection.settings.extra, scope);
  const forced = await project.force(session.value, position, options, run, open);
  await session.value.close();
  if (!forced.ok) {
    showFailure(parts.log, doing, forced.failure);
    return false;
  }
  parts.statuses.set(connection, project, forced.value);
  parts.tree.refreshConnection(connection);
  void window.showInformationMessage(
    recordedWords(
      connection,
      labelOf(
        position,
        forced.value.migrations.map(({migration}) => migration),
      ),
    ),
  );
  return true;
}

async function diagnose(
  parts: Parts,
  {connection, project}: Subject,
  browsing: BrowseOptions,
): ReturnType<Subject['project']['diagnose']> {
  const status = await parts.statuses.read(connection, project, browsing);
  if (!status.ok) return status;
  const session = await parts.sessions.browse(connection, browsing);
  if (!session.ok) return session;
  return project.diagnose(
    session.value,
    status.value,
    projectOptions(connection.settings.extra, Uri.file(project.folder)),
  );
}

function items(diagnosis: Diagnosis): readonly Item[] {
  const recommendedFirst = diagnosis.choices.toSorted(
    (one, other) => Number(other.recommended) - Number(one.recommended),
  );
  const choices = recommendedFirst.map(choice => ({
    label: choice.title,
    // As an icon and not in the label, where a screen reader would spell it out.
    iconPath: new ThemeIcon(choice.recommended ? 'star-full' : 'blank'),
    ...(choice.recommended ? {description: l10n.t('recommended')} : {}),
    detail: choice.why,
    choice,
  }));
  return [
    ...choices,
    {label: '', kind: QuickPickItemKind.Separator},
    ...(diagnosis.path === undefined
      ? []
      : [{label: l10n.t('Open the file'), iconPath: new ThemeIcon('go-to-file'), openFile: true}]),
  ];
}

const marks = {
  done: '✓ in the database',
  'not-done': '✗ not in the database',
  unknown: '? cannot be told',
} as const;

function report(heading: string, diagnosis: Diagnosis): string {
  const rows = diagnosis.traces.map(
    trace => `- **${marks[trace.found]}**: ${trace.statement} \`${trace.object}\` (line ${trace.line + 1})`,
  );
  return [`# ${heading}`, '', diagnosis.words, '', ...rows, ''].join('\n');
}

function recordedWords({name}: Connection, label: string | undefined): string {
  return label === undefined
    ? l10n.t('{0} is recorded as having no version.', name)
    : l10n.t('{0} is recorded at {1}.', name, label);
}
