import {fail, ok, type Outcome} from '../outcome.ts';
import type {Position} from './migration.ts';
import {idsOf} from './position.ts';

/**
 * What a position comes to for a tool that records only what has a file.
 * @param ids of the history's files
 * @param tool as its users write it
 * @returns the last migration to record; undefined for none. Failures: `invalid-input` (a failed position),
 * `missing-file`
 */
export function idToRecord(
  position: Position,
  ids: readonly string[],
  tool: string,
): Outcome<string | undefined> {
  if (position.kind === 'failed')
    return fail('invalid-input', 'A failure is no position that can be recorded.');
  const id = idsOf(position).at(-1);
  return id === undefined || ids.includes(id)
    ? ok(id)
    : fail('missing-file', `No file has version ${id}, and ${tool} records only what has one.`, {
        advice: 'Choose a version that the migrations folder has.',
      });
}
