import type {Connection} from '../core/connections/connection.ts';
import type {Status} from '../core/migrations/migration.ts';
import {fail, type Outcome} from '../core/outcome.ts';
import type {Session} from '../core/session.ts';
import type {OpenEnvironment, OpenSession, Project, ProjectOptions} from '../frameworks/framework.ts';
import {projectOptions} from './flags.ts';
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
  if (!target.ok) return target;
  const {connection} = target.value;
  if (writes && connection.readOnly)
    return fail('invalid-input', `${connection.name} is read-only here: nothing was changed.`, {
      advice: 'Leave out --read-only, or choose another connection with --connection.',
    });
  const {open, environment} = doorTo(target.value, {readOnly: !writes}, invocation);
  const session = await open();
  if (!session.ok) return session;
  try {
    const options = projectOptions(invocation.flags, connection.settings.extra);
    const read = waits ? readSettledStatus : readStatusNow;
    const reading = {session: session.value, environment};
    const now = await read(project.value, reading, options, invocation);
    if (!now.ok) return now;
    return await work({
      connection,
      ...reading,
      reopen: open,
      project: project.value,
      options,
      status: now.value,
    });
  } finally {
    await session.value.close();
  }
}
