import type {SchemaObject} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import {inSlices, type Pause} from './slices.ts';
import {number} from './values.ts';

type Find = (catalog: number, oid: number, part: number) => string | undefined;

/**
 * @param options `find` knows the objects that are compared; `findNeeded` also what stands for something else, such as
 *   an extension for its members
 * @returns sorted, so that equal schemas are equal whatever the oids
 */
export async function toNeeds(
  objects: ReadonlyMap<string, SchemaObject>,
  rows: readonly Row[],
  {find, findNeeded, pause}: {readonly find: Find; readonly findNeeded: Find; readonly pause: Pause},
): Promise<ReadonlyMap<string, readonly string[]>> {
  const sets = new Map<string, Set<string>>();
  const add = (key: string, need: string): void => {
    if (key === need || !objects.has(need)) return;
    const known = sets.get(key);
    if (known) known.add(need);
    else sets.set(key, new Set([need]));
  };
  await inSlices(rows, pause, row => {
    const key = find(number(row['catalog']), number(row['oid']), number(row['part']));
    const need = findNeeded(number(row['neededCatalog']), number(row['needed']), number(row['neededPart']));
    if (key !== undefined && need !== undefined) add(key, need);
  });
  const schemas = new Map<string, string>();
  for (const {kind, key, name} of objects.values()) if (kind === 'schema') schemas.set(name, key);
  const needs = new Map<string, readonly string[]>();
  await inSlices([...objects.values()], pause, ({key, schema, parent}) => {
    const home = schema === undefined || parent !== undefined ? undefined : schemas.get(schema);
    if (home !== undefined) add(key, home);
    const set = sets.get(key);
    if (set) needs.set(key, [...set].toSorted());
  });
  return needs;
}
