import type {Parser} from '../../sql/parser.ts';
import type {Comparison, Difference} from '../comparison.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import {attributeDifferences, unequalAttributes} from './attributes.ts';
import {orderDifferences} from './column-order.ts';
import {contextOf, type Context} from './context.ts';
import {withoutInherited} from './inherited.ts';
import type {CompareOptions} from './options.ts';
import {extra, isImplied, missing} from './presence.ts';
import {renamesAmong} from './renames.ts';
import {sortedOut} from './sort-out.ts';

/**
 * Compares what two schemas mean, not how two servers write it: expressions that were deparsed by other versions or
 * after a dump are equal, and so are names that PostgreSQL made up in another order of events.
 * @param expected what should be, such as a replayed history
 * @param live what is
 * @returns the differences in the order of `expected`, then what only `live` has
 */
export async function compareSchemas(
  parser: Parser,
  expected: SchemaSnapshot,
  live: SchemaSnapshot,
  options: CompareOptions = {},
): Promise<Comparison> {
  const context = contextOf(parser, expected, live, options);
  const walk = await walked(context);
  const renames = await renamesAmong(context, walk.missing, walk.extra);
  const left = (object: SchemaObject): boolean => !renames.objects.has(object);
  const all = [
    ...walk.missing.filter(left).map(missing),
    ...walk.changed,
    ...renames.differences,
    ...orderDifferences(expected, live, walk.reordered),
    ...walk.extra.filter(left).map(extra),
  ];
  const differences = withoutInherited(withoutInherited(all, expected), live);
  return {
    ...(await sortedOut(context, differences)),
    gaps: [...expected.gaps, ...live.gaps, ...context.roles.gaps(), ...context.versions.gaps()],
    compared: walk.compared,
    ...(options.roles === 'ignore' ? {otherRoles: true} : {}),
  };
}

/** What only one side has, what differs, and the tables whose columns may stand in another order. */
interface Walk {
  readonly missing: SchemaObject[];
  readonly extra: SchemaObject[];
  readonly changed: Difference[];
  readonly reordered: Set<string>;
  compared: number;
}

async function walked(context: Context): Promise<Walk> {
  const {expected, live, roles, versions, options} = context;
  const walk: Walk = {missing: [], extra: [], changed: [], reordered: new Set(), compared: 0};
  const met = new Set<string>();
  for (const [index, object] of [...expected.objects.values()].entries()) {
    if (index % 500 === 499) await options.pause?.();
    if (!roles.isCompared(object)) continue;
    const key = roles.keyInLive(object);
    const other = live.objects.get(key);
    met.add(key);
    walk.compared += 1;
    if (other) await compareOne(context, walk, object, other);
    else if (!isImplied(object, live) && !versions.isUnknown(object)) walk.missing.push(object);
  }
  for (const [index, object] of [...live.objects.values()].entries()) {
    if (index % 500 === 499) await options.pause?.();
    if (met.has(object.key) || !roles.isCompared(object)) continue;
    walk.compared += 1;
    if (!isImplied(object, expected) && !versions.isUnknown(object)) walk.extra.push(object);
  }
  return walk;
}

async function compareOne(
  context: Context,
  walk: Walk,
  expected: SchemaObject,
  live: SchemaObject,
): Promise<void> {
  const names = unequalAttributes(expected, live);
  if (names.length === 0) return;
  if (names.includes('position') && expected.parent !== undefined) walk.reordered.add(expected.parent);
  walk.changed.push(...(await attributeDifferences(context, expected, live, names)));
}
