import type {Difference, Ignored, IgnoreRule} from '../comparison.ts';
import {ignoring, type NamedPlace} from '../ignore.ts';
import {nameOf} from '../key.ts';
import type {SchemaObject} from '../objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {bookkeepingRules} from './bookkeeping.ts';
import type {Context} from './context.ts';
import {partsOfName} from './names.ts';

export interface SortedOut {
  readonly differences: readonly Difference[];
  readonly ignored: readonly Ignored[];
}

const partitions: IgnoreRule = {kind: 'table', reason: 'Partitions that only one side has.'};

/** Takes out what is ignored, and leaves the rest in the order of the expected objects. */
export async function sortedOut(context: Context, all: readonly Difference[]): Promise<SortedOut> {
  const {ignore = [], bookkeeping = 'ignore', pause} = context.options;
  const ruleFor = ignoring(bookkeeping === 'ignore' ? [...ignore, ...bookkeepingRules] : ignore);
  const differences: Difference[] = [];
  const ignored: Ignored[] = [];
  for (const [index, difference] of all.entries()) {
    if (index % 500 === 499) await pause?.();
    const object =
      context.expected.objects.get(difference.object.key) ?? context.live.objects.get(difference.object.key);
    const rule =
      ruleFor(difference, placesOf(difference, object)) ??
      (isLoosePartition(context, difference, object) ? partitions : undefined);
    if (rule) ignored.push({difference, rule});
    else differences.push(difference);
  }
  return {differences: inOrder(context, differences), ignored};
}

function isLoosePartition({options}: Context, {kind}: Difference, object: SchemaObject | undefined): boolean {
  if (!options.ignorePartitions || kind === 'changed' || object?.kind !== 'table') return false;
  return object.attributes.partitionOf !== undefined;
}

/** The object, what it is part of, and the schema that it lies in. */
function placesOf({object}: Difference, full: SchemaObject | undefined): readonly NamedPlace[] {
  const parent = object.parent === undefined ? undefined : placeOfKey(object.parent);
  const owner = full?.kind === 'sequence' ? owningTable(full.attributes.ownedBy) : undefined;
  return [
    {kind: object.kind, name: nameOf(object)},
    ...(parent ? [parent] : []),
    ...(owner === undefined ? [] : [{kind: 'table', name: owner}]),
    ...(object.schema === undefined ? [] : [{kind: 'schema', name: quoteWhereNeeded(object.schema)}]),
  ];
}

function owningTable(column: string | undefined): string | undefined {
  return column === undefined ? undefined : partsOfName(column).slice(0, 2).map(quoteWhereNeeded).join('.');
}

/** A kind may be several words, and a name may have blanks in quotes. */
function placeOfKey(key: string): NamedPlace {
  const [, kind = '', name = ''] =
    /^(materialized view|foreign data wrapper|view|table|domain|server|\w+) ([^]*)$/.exec(key) ?? [];
  return {kind, name};
}

function inOrder({expected}: Context, differences: readonly Difference[]): readonly Difference[] {
  const homes = new Map(differences.map(({object}) => [object.parent ?? object.key, Infinity]));
  let index = 0;
  for (const key of expected.objects.keys()) {
    if (homes.has(key)) homes.set(key, index);
    index += 1;
  }
  const place = ({object}: Difference): number => homes.get(object.parent ?? object.key) ?? Infinity;
  return differences.toSorted((one, other) =>
    place(one) < place(other) ? -1 : Number(place(one) > place(other)),
  );
}
