import type {Position, Status} from '../../core/migrations/migration.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Correction} from '../../core/reshape/squash.ts';

/**
 * Takes the rows of squashed migrations out. Runs no file.
 * @param force as `Project.force`, on the database to correct
 * @returns failures: those of `force`; the message says so when nothing is recorded any more
 */
export async function correctRecords(
  {position}: Correction,
  force: (position: Position) => Promise<Outcome<Status>>,
): Promise<Outcome<Status>> {
  const forced = await force(position);
  if (!forced.ok || !forced.value.migrations.some(({state}) => state.kind === 'missing-file')) return forced;
  // Rows before the position are kept by tools that only take out later ones, so all of them are written anew.
  const emptied = await force({kind: 'none'});
  if (!emptied.ok) return emptied;
  const again = await force(position);
  if (again.ok) return again;
  const message = `Nothing is recorded there now: ${again.failure.message}`;
  return {ok: false, failure: {...again.failure, message}};
}
