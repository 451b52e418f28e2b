import {harmless} from './render/harmless.ts';
import {describeHolder} from '../core/migrations/lock-holder.ts';
import type {Status} from '../core/migrations/migration.ts';
import {fail, type Outcome} from '../core/outcome.ts';
import type {Session} from '../core/session.ts';
import type {OpenEnvironment, Project, ProjectOptions} from '../frameworks/framework.ts';
import {readArrivals} from '../frameworks/git-arrivals.ts';
import type {Invocation} from './runner.ts';

const pause = 200;

/** What a status is read through. */
export interface Reading {
  readonly session: Session;
  readonly environment: OpenEnvironment;
}

/** Reads the status, with what git knows of the files. */
export async function readStatusNow(
  project: Project,
  {session, environment}: Reading,
  options: ProjectOptions,
): Promise<Outcome<Status>> {
  const arrivals = await readArrivals(project.folder);
  return project.status(session, options, {arrivals, environment});
}

/** As {@link readStatusNow}, but waits for the other runner; failures: also `locked` when it takes longer than `--lock-wait`. */
export async function readSettledStatus(
  project: Project,
  reading: Reading,
  options: ProjectOptions,
  {flags, terminal, signal}: Invocation,
): Promise<Outcome<Status>> {
  const deadline = performance.now() + flags.lockWait;
  for (let told = false; ; told = true) {
    const now = await readStatusNow(project, reading, options);
    if (!now.ok) return now;
    const {runner} = now.value;
    if (!runner) return now;
    if (signal.aborted)
      return fail('cancelled', 'Cancelled while waiting for another runner. Nothing has run.');
    if (performance.now() >= deadline)
      return fail(
        'locked',
        `Another runner is at work: ${harmless(describeHolder(runner))}. Nothing has run.`,
        {
          advice: `Wait until it is done, or ask its owner; pg_terminate_backend(${runner.pid}) ends it.`,
        },
      );
    if (!told) terminal.note(`waiting for the runner at work: ${harmless(describeHolder(runner))}\n`);
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
