import type {Migration, Position} from '../../core/migrations/migration.ts';
import type {Plan} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import {ok} from '../../core/outcome.ts';
import {endOfRun, type TargetEnd} from '../../core/rollout/rollout.ts';
import type {Signal} from '../../core/session.ts';
import type {Project} from '../../frameworks/framework.ts';
import {projectOptions} from '../flags.ts';
import {doorTo, type Door} from '../open.ts';
import type {Invocation} from '../runner.ts';
import {readSettledStatus} from '../status-now.ts';
import type {NamedTarget} from './targets-of.ts';

/** A target with what its own status says is to be done. */
export interface PlannedTarget extends NamedTarget {
  readonly door: Door;
  readonly from: Position;
  readonly migrations: readonly Migration[];
  /** Absent where nothing is pending. */
  readonly plan?: Plan;
}

/** Reads the status in a session of its own and plans from it; failures: those of connecting, reading and planning. */
export async function planTarget(
  target: NamedTarget,
  project: Project,
  invocation: Invocation,
): Promise<Outcome<PlannedTarget>> {
  const door = doorTo(target, {readOnly: false}, invocation);
  const session = await door.open();
  if (!session.ok) return session;
  try {
    const options = projectOptions(invocation.flags, target.connection.settings.extra);
    const reading = {session: session.value, environment: door.environment};
    const status = await readSettledStatus(project, reading, options, invocation);
    if (!status.ok) return status;
    const migrations = status.value.migrations.map(({migration}) => migration);
    const planned = {...target, door, from: status.value.position, migrations};
    const plan = await project.plan(status.value, {kind: 'apply-all'}, options);
    if (plan.ok) return ok({...planned, plan: plan.value});
    return plan.failure.reason === 'nothing-to-do' ? ok(planned) : plan;
  } finally {
    await session.value.close();
  }
}

/** Runs what was planned; the run refuses when the database has moved since. */
export async function migrateTarget(
  {door, plan, connection}: PlannedTarget,
  project: Project,
  {flags, terminal}: Invocation,
  onProgress: (done: number, of: number) => void,
  signal?: Signal,
): Promise<TargetEnd> {
  if (!plan) return {kind: 'unchanged'};
  const session = await door.open();
  if (!session.ok) return endOfRun(session);
  const {lockWait, lockTimeout, statementTimeout} = flags;
  try {
    const run = await project.run(
      session.value,
      plan,
      projectOptions(flags, connection.settings.extra),
      {
        lockWait,
        lockTimeout,
        statementTimeout,
        environment: door.environment,
        ...(signal ? {signal} : {}),
        onEvent: event => {
          if (event.kind === 'started') onProgress(event.index, plan.steps.length);
          else if (event.kind === 'waiting-for-lock')
            terminal.note(`${connection.name}: waiting for the migration lock\n`);
        },
      },
      door.open,
    );
    return endOfRun(run);
  } finally {
    await session.value.close();
  }
}
