import type {Difference} from '../comparison.ts';
import type {SchemaObject} from '../objects.ts';
import {attributeDifferences, unequalAttributes} from './attributes.ts';
import type {Context} from './context.ts';
import {identityIn} from '../key.ts';
import {renamedWords} from './words.ts';

export interface Renames {
  readonly differences: readonly Difference[];
  /** Objects that have another name on the other side. */
  readonly objects: ReadonlySet<SchemaObject>;
}

/**
 * Names that PostgreSQL makes up depend on the order of events, so constraints and indexes of one table that are equal
 * in all but the name are one thing.
 */
export async function renamesAmong(
  context: Context,
  missing: readonly SchemaObject[],
  extra: readonly SchemaObject[],
): Promise<Renames> {
  const candidates = new Map<string, SchemaObject[]>();
  for (const live of extra.filter(hasLooseName))
    candidates.set(placeOf(live), [...(candidates.get(placeOf(live)) ?? []), live]);
  const differences: Difference[] = [];
  const objects = new Set<SchemaObject>();
  for (const [index, expected] of missing.filter(hasLooseName).entries()) {
    if (index % 500 === 499) await context.options.pause?.();
    for (const live of candidates.get(placeOf(expected)) ?? []) {
      if (objects.has(live) || !(await isSame(context, expected, live))) continue;
      differences.push(renamed(expected, live));
      objects.add(expected).add(live);
      break;
    }
  }
  return {differences, objects};
}

function hasLooseName({kind}: SchemaObject): boolean {
  return kind === 'constraint' || kind === 'index';
}

function placeOf({kind, parent}: SchemaObject): string {
  return `${kind} ${parent ?? ''}`;
}

async function isSame(context: Context, expected: SchemaObject, live: SchemaObject): Promise<boolean> {
  const names = unequalAttributes(expected, live);
  return (await attributeDifferences(context, expected, live, names)).length === 0;
}

function renamed(expected: SchemaObject, live: SchemaObject): Difference {
  return {
    kind: 'changed',
    object: identityIn(expected),
    severity: 'information',
    words: renamedWords(expected, live.name),
    attribute: 'name',
    expected: expected.name,
    live: live.name,
  };
}
