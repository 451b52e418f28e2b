import type {Connection} from '../../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {counted} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {Target} from '../candidates.ts';
import type {SquashOptions} from '../commands/squash.ts';
import {strictestOf} from '../confirm.ts';
import {onTarget, type Prepared} from '../prepare.ts';
import type {Report} from '../report.ts';
import {targetsOf} from '../rollout/targets-of.ts';
import type {Invocation} from '../runner.ts';
import {chooseTarget} from '../targets.ts';

export interface SquashWish extends SquashOptions {
  /** As `--connection` takes them. */
  readonly names: readonly string[];
}

/** @returns the databases that the command line names, or the usual one; none for `--offline` */
export async function databases(
  {names, group, offline, record}: SquashWish,
  invocation: Invocation,
): Promise<Outcome<readonly Target[]>> {
  const named = names.length > 0 || group !== undefined;
  if (offline === true)
    return named || record === true
      ? fail('invalid-input', '--offline excludes connections, --group and --record.', {
          advice: 'Give one of them.',
        })
      : ok([]);
  if (named) return targetsOf({names, ...(group === undefined ? {} : {group})}, invocation);
  const target = await chooseTarget(invocation);
  return target.ok ? ok([target.value]) : target;
}

interface Opening {
  readonly invocation: Invocation;
  readonly writes: boolean;
}

/** All are open at the same time, so that a password is asked for once. */
export function onTargets(
  project: Project,
  [first, ...others]: readonly Target[],
  how: Opening,
  work: (prepared: readonly Prepared[]) => Promise<Outcome<Report>>,
): Promise<Outcome<Report>> {
  if (!first) return work([]);
  return onTarget(project, first, how.invocation, how, prepared =>
    onTargets(project, others, how, rest => work([prepared, ...rest])),
  );
}

/** @returns what one confirmation for all databases that change has to fit; nothing where none does */
export function concerned(
  changing: readonly Connection[],
  {group}: SquashOptions,
): Pick<Connection, 'name' | 'environment'> | undefined {
  const [first, ...others] = changing;
  if (!first) return undefined;
  const name = group ?? (others.length === 0 ? first.name : counted(changing.length, 'database'));
  return {name, environment: strictestOf(changing)};
}
