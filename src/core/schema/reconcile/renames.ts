import type {Turns} from '../../turns.ts';
import {partsOf} from '../definition/parts.ts';
import type {SchemaSnapshot} from '../objects.ts';
import type {ReconcilingStatement} from '../reconciliation.ts';
import type {ReconcileRequest} from './reconcile-request.ts';
import {renameIn} from './renamed-snapshot.ts';
import {renamePairs, type RenamePair} from './rename-pairs.ts';
import {renameStatements} from './rename-statements.ts';

export interface Renames {
  /** As the database is after the renaming. */
  readonly from: SchemaSnapshot;
  readonly statements: readonly ReconcilingStatement[];
  /** New keys of what was renamed. */
  readonly keys: ReadonlySet<string>;
}

/**
 * Finds objects that are equal in all but the name. What has the name of a renamed table in its own, such as its
 * primary key, is found in a next round.
 */
export function* renamed(request: ReconcileRequest): Turns<Renames> {
  const {to, options} = request;
  const statements: ReconcilingStatement[] = [];
  const keys = new Set<string>();
  let from = request.from;
  if (options?.renames === false) return {from, statements, keys};
  for (let round = 0; round < 5; round += 1) {
    const pairs = yield* renamePairs(request, from, keys);
    if (pairs.length === 0) break;
    for (const pair of pairs) {
      statements.push(...renameStatements(pair, from, to));
      for (const key of keysOf(pair, to)) keys.add(key);
      from = yield* renameIn(from, pair);
    }
  }
  return {from, statements, keys};
}

/** The index of a constraint is renamed with it. */
function keysOf({after}: RenamePair, to: SchemaSnapshot): readonly string[] {
  if (after.kind !== 'constraint') return [after.key];
  const own = partsOf(to, after.parent ?? '', 'index').filter(
    ({attributes}) => attributes.constraint === after.name,
  );
  return [after.key, ...own.map(({key}) => key)];
}
