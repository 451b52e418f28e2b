import {ok, type Outcome} from '../../core/outcome.ts';
import type {Bench} from '../../core/reshape/bench.ts';
import type {Tried} from '../../core/reshape/tried.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {createBench} from '../../postgres/reshape/bench.ts';
import {stoppedFailure} from '../rehearse/stopped.ts';
import type {Invocation} from '../runner.ts';
import {whereToTry, withStage} from '../stage.ts';

/** Tries files in an empty PostgreSQL. Failures: those of the stage and of the work, and where a file stopped it */
export async function onBench<T>(
  scratch: string | undefined,
  invocation: Invocation,
  work: (bench: Bench) => Promise<Outcome<Tried<T>>>,
): Promise<Outcome<T>> {
  const where = await whereToTry(scratch, invocation);
  if (!where.ok) return where;
  const {signal, terminal} = invocation;
  terminal.note('proving it in an empty PostgreSQL …\n');
  return withStage(where.value, invocation, async stage => {
    const tried = await work(createBench(stage, createParser(), {signal}));
    if (!tried.ok) return tried;
    return tried.value.kind === 'done'
      ? ok(tried.value.value)
      : stoppedFailure(tried.value.stop, invocation, '--scratch <connection>');
  });
}
