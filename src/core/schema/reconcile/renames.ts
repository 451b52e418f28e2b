import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
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
export function renamed(request: ReconcileRequest): Renames {
  const {to, options} = request;
  const statements: ReconcilingStatement[] = [];
  const keys = new Set<string>();
  let from = request.from;
  if (options?.renames === false) return {from, statements, keys};
  for (let round = 0; round < 5; round += 1) {
    const pairs = renamePairs(request, from, keys);
    if (pairs.length === 0) break;
    for (const pair of pairs) {
      statements.push(...renameStatements(pair, from, to));
      for (const key of keysOf(pair, to)) keys.add(key);
      from = renameIn(from, pair);
    }
  }
  return {from, statements, keys};
}

/** The index of a constraint is renamed with it. */
function keysOf({after}: RenamePair, to: SchemaSnapshot): readonly string[] {
  const isOwn = (object: SchemaObject): boolean =>
    object.kind === 'index' && object.parent === after.parent && object.attributes.constraint === after.name;
  const indexes = after.kind === 'constraint' ? [...to.objects.values()].filter(isOwn) : [];
  return [after.key, ...indexes.map(({key}) => key)];
}
