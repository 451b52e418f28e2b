import {createHash} from 'node:crypto';
import type {MigrationScript} from '../../../core/rehearse/script.ts';
import {emptyState} from '../../../core/rehearse/stage.ts';

/** What a change in how files are replayed would have to change: states of another way are not found again. */
const way = 1;

export interface Named {
  readonly project: string;
  readonly scripts: readonly MigrationScript[];
  readonly roles?: readonly string[];
}

/**
 * Names the state before each script and the one after the last. A name stands for all that was sent until there, so
 * that an edit gives new names to what comes after it and to nothing else.
 */
export function stateNames({project, scripts, roles = []}: Named): readonly string[] {
  let before = hash([String(way), project, ...roles.toSorted()]);
  const after = scripts.map(({sql, pieces, bookkeeping}) => {
    before = hash([
      before,
      bookkeeping?.sql ?? '',
      ...pieces.flatMap(({start, end, how}) => [how, sql.slice(start, end)]),
    ]);
    return before;
  });
  return [emptyState, ...after];
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
}
