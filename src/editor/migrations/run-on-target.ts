import {Uri} from 'vscode';
import type {Plan, RunEvent, RunReport} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Signal} from '../../core/session.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {Parts} from '../parts.ts';
import {projectOptions, settings} from '../settings.ts';
import type {Subject} from './subject.ts';

export interface RunOnTarget {
  readonly onEvent: (event: RunEvent) => void;
  readonly signal?: Signal;
  /** Others are migrated beside it, so nothing more is looked at afterwards than its status. */
  readonly amongOthers?: boolean;
}

/** @returns the timeouts of a run in milliseconds; 0 leaves the server's own */
export function runTimeouts({folder}: Project): {
  readonly lockTimeout: number;
  readonly statementTimeout: number;
} {
  const scope = Uri.file(folder);
  return {
    lockTimeout: settings.lockTimeout(scope),
    statementTimeout: settings.statementTimeout(scope),
  };
}

/** Runs a plan in a session of its own; then the error's place, the status and the tree are what they are now. */
export async function runOnTarget(
  parts: Parts,
  {connection, project}: Subject,
  plan: Plan,
  {onEvent, signal, amongOthers = false}: RunOnTarget,
): Promise<Outcome<RunReport>> {
  const open = (): ReturnType<typeof parts.sessions.open> =>
    parts.sessions.open(connection, {readOnly: false, ask: true});
  const session = await open();
  if (!session.ok) return session;
  try {
    const options = projectOptions(connection.settings.extra, Uri.file(project.folder));
    const environment = parts.sessions.environment(connection);
    const how = {...runTimeouts(project), onEvent, environment, ...(signal ? {signal} : {})};
    const report = await project.run(session.value, plan, options, how, open);
    if (report.ok) await followUp(parts, {connection, project}, report.value, amongOthers);
    return report;
  } finally {
    await session.value.close();
  }
}

async function followUp(
  parts: Parts,
  {connection, project}: Subject,
  report: RunReport,
  amongOthers: boolean,
): Promise<void> {
  parts.diagnostics.clear(
    report.done.flatMap(({step}) => step.path ?? []),
    connection.name,
  );
  if (report.stopped) parts.diagnostics.show(report.stopped, connection.name);
  parts.log.info(`${connection.name}: ${report.words}`);
  await parts.statuses.read(connection, project, {suggests: !amongOthers});
  parts.tree.refreshConnection(connection);
  parts.statuses.ran({connection, project, report, amongOthers});
}
