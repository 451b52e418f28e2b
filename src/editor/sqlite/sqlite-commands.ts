import {l10n, window} from 'vscode';
import type {Goal} from '../../core/migrations/plan.ts';
import type {Handlers} from '../commands/commands.ts';
import {confirmWrite} from '../confirm.ts';
import {showFailure, showSetting} from '../failures.ts';
import {openAt} from '../migrations/open-file.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import type {SqliteRow} from './sqlite-rows.ts';
import {connectionOf, sqliteName, sqliteTarget} from './sqlite-target.ts';

type Subject = Extract<SqliteRow, {readonly kind: 'project' | 'migration'}>;

/** @returns the handlers of what Alembic does to a SQLite file, each for a row of the tree */
export function sqliteCommands(parts: Parts): Handlers<'sqlite'> {
  const on =
    (act: (subject: Subject) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      const data =
        argument instanceof TreeNode && argument.data.kind === 'sqlite' ? argument.data.row : undefined;
      if (data?.kind === 'project' || data?.kind === 'migration') await act(data);
    };
  const goTo = (kind: 'apply-to' | 'roll-back-to') =>
    on(async subject => {
      if (subject.kind === 'migration')
        await planAndRun(parts, subject, {kind, id: subject.entry.migration.id});
    });
  return {
    'howdah.sqlite.applyAll': on(subject => planAndRun(parts, subject, {kind: 'apply-all'})),
    'howdah.sqlite.applyTo': goTo('apply-to'),
    'howdah.sqlite.rollBackLast': on(subject => planAndRun(parts, subject, {kind: 'roll-back-last'})),
    'howdah.sqlite.rollBackTo': goTo('roll-back-to'),
    'howdah.sqlite.stamp': on(subject => stamp(parts, subject)),
  };
}

/** Plans, shows the plan in the run panel, and runs it once the user has confirmed it there. */
async function planAndRun(parts: Parts, subject: Subject, goal: Goal): Promise<void> {
  const {file, project} = subject;
  const {sqliteStatus, planOnSqlite, runOnSqlite, sqlForSqlite} =
    await import('../../frameworks/alembic/sqlite.ts');
  const target = await sqliteTarget(file, project);
  const status = await window.withProgress({location: {viewId: 'howdah.connections'}}, () =>
    sqliteStatus(target),
  );
  const plan = status.ok ? await planOnSqlite(target, status.value, goal) : status;
  if (!plan.ok) {
    if (plan.failure.reason === 'nothing-to-do') void window.showInformationMessage(plan.failure.message);
    else showFailure(parts.log, l10n.t('Planning on {0}', sqliteName(file)), plan.failure);
    return;
  }
  const connection = connectionOf(file);
  await parts.runPanels.showOnly({
    connection,
    project,
    plan: plan.value,
    framework: parts.projects.frameworkName(project),
    run: async (onEvent, signal) => {
      const report = await runOnSqlite(target, plan.value, {onEvent, signal});
      if (report.ok) parts.log.info(`${connection.name}: ${report.value.words}`);
      parts.tree.refreshConnection(connection);
      return report;
    },
    sql: step => sqlForSqlite(target, {...plan.value, steps: plan.value.steps.slice(step, step + 1)}),
    showAllSql: async () => {
      const sql = await sqlForSqlite(target, plan.value);
      if (sql.ok) await parts.documents.open(l10n.t('SQL for {0}.sql', connection.name), 'sql', sql.value);
      else showFailure(parts.log, l10n.t('Showing the SQL'), sql.failure);
    },
    openAt,
    repair: () => {},
    openSetting: showSetting,
    again: () => planAndRun(parts, subject, goal),
  });
}

async function stamp(parts: Parts, subject: Subject): Promise<void> {
  if (subject.kind !== 'migration') return;
  const {file, project, entry} = subject;
  const connection = connectionOf(file);
  const {id, label} = entry.migration;
  const isSure = await confirmWrite(connection, {
    what: l10n.t('Stamp revision {0}', label),
    detail: l10n.t(
      'Only the bookkeeping changes, as by “alembic stamp”. No file runs, and nobody checks that the schema fits.',
    ),
    action: l10n.t('Stamp'),
  });
  if (!isSure) return;
  const {stampSqlite} = await import('../../frameworks/alembic/sqlite.ts');
  const stamped = await stampSqlite(await sqliteTarget(file, project), id);
  if (!stamped.ok)
    return showFailure(parts.log, l10n.t('Recording the version on {0}', connection.name), stamped.failure);
  parts.tree.refreshConnection(connection);
  void window.showInformationMessage(l10n.t('{0} is recorded at {1}.', connection.name, label));
}
