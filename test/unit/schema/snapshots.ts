import {compareSchemas} from '../../../src/core/schema/compare/compare.ts';
import type {CompareOptions} from '../../../src/core/schema/compare/options.ts';
import {identityOf, type Names} from '../../../src/core/schema/key.ts';
import type {AttributesOf} from '../../../src/core/schema/attributes.ts';
import type {ObjectOf, SchemaKind, SchemaObject, SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

/** An object by its names, as the readers make it. */
export function object<K extends SchemaKind>(
  kind: K,
  names: Names,
  attributes: AttributesOf[K],
): ObjectOf<K> {
  return {...identityOf(kind, names), attributes};
}

export const orders = {kind: 'table', schema: 'public', name: 'orders'} as const;

export function table(name: string, attributes: AttributesOf['table'] = {}): SchemaObject {
  return object('table', {schema: 'public', name}, attributes);
}

export function column(name: string, attributes: Partial<AttributesOf['column']> = {}): SchemaObject {
  return object('column', {name, of: orders}, {type: 'text', position: 1, ...attributes});
}

export function snapshot(objects: readonly SchemaObject[], versionNumber = 180_000): SchemaSnapshot {
  const all = [object('schema', {name: 'public'}, {}), ...objects];
  return {
    versionNumber,
    database: 'shop',
    user: 'app',
    objects: new Map(all.map(one => [one.key, one])),
    needs: new Map(),
    gaps: [],
  };
}

/** What a comparison says, in the order in which it says it. */
export async function words(
  expected: readonly SchemaObject[],
  live: readonly SchemaObject[],
  options: CompareOptions = {},
  versions: readonly [number, number] = [180_000, 180_000],
): Promise<readonly string[]> {
  const comparison = await compareSchemas(
    parser,
    snapshot(expected, versions[0]),
    snapshot(live, versions[1]),
    options,
  );
  return [
    ...comparison.differences.map(difference => `${difference.severity}: ${difference.words}`),
    ...comparison.ignored.map(({difference}) => `ignored: ${difference.words}`),
    ...comparison.gaps.map(gap => `gap: ${gap.words}`),
  ];
}
