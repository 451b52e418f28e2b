import type {Position, Status} from '../core/migrations/migration.ts';
import type {Outcome} from '../core/outcome.ts';
import type {RunOptions} from '../frameworks/framework.ts';
import type {Prepared} from './prepare.ts';
import type {Invocation} from './runner.ts';

/** Records a position without running a file. The caller has asked the user. Failures: those of `Project.force` */
export function recordPosition(
  position: Position,
  {project, session, options, environment, reopen}: Omit<Prepared, 'status'>,
  {flags, signal}: Invocation,
  how: Pick<RunOptions, 'asFilesSay'> = {},
): Promise<Outcome<Status>> {
  const {lockWait, lockTimeout, statementTimeout} = flags;
  const run = {lockWait, lockTimeout, statementTimeout, signal, environment, ...how};
  return project.force(session, position, options, run, reopen);
}
