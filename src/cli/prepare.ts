import type {Connection} from '../core/connections/connection.ts';
import type {Status} from '../core/migrations/migration.ts';
import {fail, type Outcome} from '../core/outcome.ts';
import type {Session} from '../core/session.ts';
import type {OpenEnvironment, OpenSession, Project, ProjectOptions} from '../frameworks/framework.ts';
import {projectOptions} from './flags.ts';
import type {Target} from './candidates.ts';
import {doorTo} from './open.ts';
import {chooseProject} from './projects.ts';
import type {Report} from './report.ts';
import type {Invocation} from './runner.ts';
import {readSettledStatus, readStatusNow} from './status-now.ts';
import {chooseTarget} from './targets.ts';

/** All that a command about migrations works with. */
export interface Prepared {
  readonly status: Status;
  readonly connection: Connection;
  readonly session: Session;
  readonly reopen: OpenSession;
  readonly environment: OpenEnvironment;
  readonly project: Project;
  readonly options: ProjectOptions;
}

/**
 * Finds the project and the connection, connects, reads the status, and closes the session after the work.
 * @param options `writes`: the work is going to change the database; without it the server is told to refuse that. `waits`: what
 * another runner is doing at the moment is awaited
 */
export async function withProject(
  invocation: Invocation,
  {writes, waits = true}: {readonly writes: boolean; readonly waits?: boolean},
  work: (prepared: Prepared) => Promise<Outcome<Report>>,
): Promise<Outcome<Report>> {
  const project = await chooseProject(invocation);
  if (!project.ok) return project;
  const target = await chooseTarget(invocation);
  return target.ok ? onTarget(project.value, target.value, invocation, {writes, waits}, work) : target;
}

/** As {@link withProject}, for a project and a target that are chosen already. */
export async function onTarget<T>(
  project: Project,
  target: Target,
  invocation: Invocation,
  {writes, waits = true}: {readonly writes: boolean; readonly waits?: boolean},
  work: (prepared: Prepared) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const {connection} = target;
  if (writes && connection.readOnly)
    return fail('invalid-input', `${connection.name} is read-only here: nothing was changed.`, {
      advice: 'Leave out --read-only, or choose another connection with --connection.',
    });
  const {open, environment} = doorTo(target, {readOnly: !writes}, invocation);
  const session = await open();
  if (!session.ok) return session;
  try {
    const options = projectOptions(invocation.flags, connection.settings.extra);
    const read = waits ? readSettledStatus : readStatusNow;
    const reading = {session: session.value, environment};
    const now = await read(project, reading, options, invocation);
    if (!now.ok) return now;
    return await work({
      connection,
      ...reading,
      reopen: open,
      project,
      options,
      status: now.value,
    });
  } finally {
    await session.value.close();
  }
}
