import {l10n, Uri, window} from 'vscode';
import type {FileRange, Goal, Plan} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {BrowseOptions} from '../connections/sessions.ts';
import {showFailure, showSetting} from '../failures.ts';
import {projectOptions} from '../settings.ts';
import type {Parts} from '../parts.ts';
import {openAt} from './open-file.ts';
import {openPart} from './open-part.ts';
import {mayDo} from './project-words.ts';
import {repair} from './repair-command.ts';
import {runOnTarget, runTimeouts} from './run-on-target.ts';
import type {Subject} from './subject.ts';

/** Plans, shows the plan in the run panel, and runs it once the user has confirmed it there. */
export async function planAndRun(parts: Parts, subject: Subject, goal: Goal): Promise<void> {
  const {connection, project} = subject;
  if (goal.kind.startsWith('roll-back') && !mayDo(parts.projects, project, 'rollBack')) return;
  const doing = l10n.t('Planning on {0}', connection.name);
  const plan = await window.withProgress({location: {viewId: 'howdah.connections'}}, () =>
    makePlan(parts, subject, goal),
  );
  if (!plan.ok) {
    if (plan.failure.reason === 'dirty') return repair(parts, subject);
    if (plan.failure.reason === 'nothing-to-do') void window.showInformationMessage(plan.failure.message);
    else showFailure(parts.log, doing, plan.failure);
    return;
  }
  const scope = Uri.file(project.folder);
  const options = projectOptions(connection.settings.extra, scope);
  const timeouts = runTimeouts(project);
  await parts.runPanels.show({
    connection,
    project,
    plan: plan.value,
    framework: parts.projects.frameworkName(project),
    timeouts,
    run: (onEvent, signal) => runOnTarget(parts, subject, plan.value, {onEvent, signal}),
    sql: step =>
      project.sql({...plan.value, steps: plan.value.steps.filter((_, index) => index === step)}, options),
    showAllSql: () => showSql(parts, subject, plan.value),
    openAt: place => openStep(parts, subject, plan.value, place),
    repair: () => repair(parts, subject),
    openSetting: showSetting,
    again: () => planAndRun(parts, subject, goal),
  });
}

/** Reads the status anew and plans from it. */
export async function makePlan(
  parts: Parts,
  {connection, project}: Subject,
  goal: Goal,
  browsing: BrowseOptions = {},
): Promise<Outcome<Plan>> {
  const status = await parts.statuses.read(connection, project, browsing);
  if (!status.ok) return status;
  return project.plan(
    status.value,
    goal,
    projectOptions(connection.settings.extra, Uri.file(project.folder)),
  );
}

/** Opens the exact texts that a run would send. */
export async function showSql(parts: Parts, {connection, project}: Subject, plan: Plan): Promise<void> {
  const sql = await project.sql(plan, projectOptions(connection.settings.extra, Uri.file(project.folder)));
  if (sql.ok) await parts.documents.open(l10n.t('SQL for {0}.sql', connection.name), 'sql', sql.value);
  else showFailure(parts.log, l10n.t('Showing the SQL'), sql.failure);
}

/** Where one file has both directions, its beginning is only one of them. */
function openStep(
  parts: Parts,
  {connection, project}: Subject,
  {steps}: Plan,
  place: FileRange | string,
): Promise<void> {
  const step = steps.find(({path}) => path === place);
  if (step === undefined) return openAt(place);
  return openPart(parts, {connection, project, migration: step.migration}, step.direction);
}
