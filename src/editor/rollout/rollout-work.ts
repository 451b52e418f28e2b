import {l10n} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Plan} from '../../core/migrations/plan.ts';
import {labelOf} from '../../core/migrations/position.ts';
import {fail, type Failure} from '../../core/outcome.ts';
import {inLanes} from '../../core/rollout/lanes.ts';
import {endOfRun} from '../../core/rollout/rollout.ts';
import type {Project} from '../../frameworks/framework.ts';
import {failureView} from '../../protocol/run-model.ts';
import type {PlannedView} from '../../protocol/rollout-panel.ts';
import {makePlan} from '../migrations/run-command.ts';
import {runOnTarget} from '../migrations/run-on-target.ts';
import type {Parts} from '../parts.ts';
import type {PlannedTarget, RolloutWork} from './rollout-session.ts';

/** How many statuses are read at a time. */
const plannedTogether = 4;

export interface ProjectRollout extends RolloutWork {
  /** What was planned last for a target. */
  planOf(id: string): Plan | undefined;
}

/** Plans and migrates connections by their ids, each with a plan of its own. */
export function rolloutWork(parts: Parts, project: Project): ProjectRollout {
  const plans = new Map<string, Plan>();
  const planOne = async (id: string): Promise<PlannedTarget> => {
    const connection = parts.connections.get(id);
    plans.delete(id);
    if (!connection)
      return refused(fail('invalid-input', l10n.t('This connection is no longer there.')).failure);
    if (connection.readOnly) return refused(readOnly());
    const plan = await brief(parts, connection, () =>
      makePlan(parts, {connection, project}, {kind: 'apply-all'}, {suggests: false}),
    );
    const at = parts.statuses.get(connection, project)?.position ?? {kind: 'none'};
    if (plan.ok) {
      plans.set(id, plan.value);
      return {state: {kind: 'waiting'}, planned: plannedView(parts, project, plan.value)};
    }
    if (plan.failure.reason !== 'nothing-to-do') return refused(plan.failure);
    const label = labelOf(at, migrationsOf(parts, project)) ?? null;
    return {state: {kind: 'unchanged'}, planned: {from: label, to: label, steps: 0}};
  };
  return {
    planOf: id => plans.get(id),
    plan: (ids, observe) => inLanes(ids, plannedTogether, async id => observe(id, await planOne(id))),
    migrate: async (id, onProgress, signal) => {
      const connection = parts.connections.get(id);
      const plan = plans.get(id);
      if (!connection || !plan) throw new Error('A target was not planned.');
      const run = await brief(parts, connection, () =>
        runOnTarget(parts, {connection, project}, plan, {
          amongOthers: true,
          ...(signal ? {signal} : {}),
          onEvent: event => {
            if (event.kind === 'started') onProgress(event.index, plan.steps.length);
            if (event.kind === 'finished') onProgress(event.index + 1, plan.steps.length);
          },
        }),
      );
      return endOfRun(run);
    },
  };
}

/** Many targets are many sessions: what was not connected before is not connected afterwards. */
async function brief<T>({sessions}: Parts, connection: Connection, work: () => Promise<T>): Promise<T> {
  const was = sessions.isConnected(connection.id);
  try {
    return await work();
  } finally {
    if (!was) await sessions.close(connection);
  }
}

function plannedView(parts: Parts, project: Project, {from, steps}: Plan): PlannedView {
  const all = migrationsOf(parts, project);
  return {
    from: labelOf(from, all) ?? null,
    to: labelOf(steps.at(-1)?.leads ?? from, all) ?? null,
    steps: steps.length,
  };
}

function migrationsOf({projects}: Parts, project: Project) {
  return projects.history(project)?.migrations ?? [];
}

function readOnly(): Failure {
  return fail('read-only', l10n.t('This connection is read-only.'), {
    advice: l10n.t('Allow writing in its context menu, or leave it out.'),
  }).failure;
}

function refused(failure: Failure): PlannedTarget {
  return {state: {kind: 'refused', failure: failureView(failure), marked: failure.reason === 'dirty'}};
}
