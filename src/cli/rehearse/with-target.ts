import {fail, type Outcome} from '../../core/outcome.ts';
import type {RehearseOptions} from '../commands/rehearse.ts';
import {doorTo} from '../open.ts';
import type {Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {chooseTarget} from '../targets.ts';
import type {Live} from './rehearse-files.ts';

/** Connects where the command line names a connection; without one nothing is connected to. */
export async function withTarget(
  {liveData, onServer, scratch}: RehearseOptions,
  invocation: Invocation,
  work: (live: Live | undefined) => Promise<Outcome<Report>>,
): Promise<Outcome<Report>> {
  if (onServer === true && (scratch === true || liveData === true))
    return fail('invalid-input', '--on-server excludes --scratch and --live-data.', {
      advice: 'Give one of them.',
    });
  const needed = liveData === true || onServer === true || scratch === true;
  if (invocation.flags.connection === undefined && !needed) return work(undefined);
  const target = await chooseTarget(invocation);
  if (!target.ok) return target;
  const {open, environment} = doorTo(target.value, {readOnly: onServer !== true}, invocation);
  const session = await open();
  if (!session.ok) return session;
  try {
    return await work({target: target.value, session: session.value, environment});
  } finally {
    await session.value.close();
  }
}
