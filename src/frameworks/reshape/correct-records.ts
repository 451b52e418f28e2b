import type {Position, Status} from '../../core/migrations/migration.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Correction} from '../../core/reshape/squash.ts';

/**
 * Takes the rows of squashed migrations out, under one lock and in one transaction: what is recorded afterwards is what
 * the files say, up to the position. Runs no file.
 * @param force as `Project.force`, on the database to correct, with what its run is told
 * @returns failures: those of `force`; then nothing has changed
 */
export async function correctRecords(
  {position}: Correction,
  force: (position: Position, how: {readonly asFilesSay: true}) => Promise<Outcome<Status>>,
): Promise<Outcome<Status>> {
  return force(position, {asFilesSay: true});
}
