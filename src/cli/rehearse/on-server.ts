import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {counted} from '../../core/words.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {rehearseOnServer} from '../../postgres/rehearse/on-server.ts';
import type {Rehearsed} from '../../postgres/rehearse/rehearse.ts';
import {confirm} from '../confirm.ts';
import type {Invocation} from '../runner.ts';
import type {Live} from './rehearse-files.ts';
import {describePlace} from './stopped.ts';
import type {Rehearsal} from './wish.ts';

/** Asks as before a write, because others wait for its locks, and refuses what no rollback takes back. */
export async function onServer(
  {session, target}: Live,
  {steps}: Rehearsal,
  invocation: Invocation,
): Promise<Outcome<Rehearsed>> {
  const {connection} = target;
  const what = counted(steps.length, 'migration');
  const agreed = await confirm(`Run ${what} and roll back`, connection, invocation);
  if (!agreed.ok) return agreed;
  const {signal, flags, showPath} = invocation;
  const rehearsed = await rehearseOnServer(
    session,
    createParser(),
    {steps, target: connection.name},
    {
      signal,
      ...(flags.lockTimeout > 0 ? {lockTimeout: flags.lockTimeout} : {}),
      ...(flags.statementTimeout > 0 ? {statementTimeout: flags.statementTimeout} : {}),
    },
  );
  if (!rehearsed.ok) return rehearsed;
  if (rehearsed.value.kind === 'report') return ok(rehearsed.value);
  const reasons = rehearsed.value.refused.map(
    ({at, why}) => `${at ? `${describePlace(at, showPath)}: ` : ''}${why}`,
  );
  return fail('unsupported', `Nothing was run, because no rollback takes it back. ${reasons.join(' ')}`, {
    advice: 'Rehearse in the embedded PostgreSQL, or with --scratch.',
  });
}
