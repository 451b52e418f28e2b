import type {SchemaObject} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import {inSlices, type Pause} from './slices.ts';
import {number} from './values.ts';

type Find = (catalog: number, oid: number, part: number) => string | undefined;

/** Which object needs which; each may be said more than once. */
export class Needs {
  readonly #lists = new Map<string, string[]>();

  add(key: string, need: string | undefined): void {
    if (need === undefined || need === key) return;
    const known = this.#lists.get(key);
    if (!known) this.#lists.set(key, [need]);
    else if (known.length > few || !known.includes(need)) known.push(need);
  }

  /** @returns sorted and without what is no object here, so that equal schemas are equal whatever the oids */
  of(key: string, objects: ReadonlyMap<string, SchemaObject>): readonly string[] | undefined {
    const list = this.#lists.get(key)?.filter(need => objects.has(need));
    if (!list || list.length === 0) return undefined;
    return list.length === 1 ? list : [...new Set(list)].toSorted();
  }
}

// Up to here looking through the list is cheaper than removing what is there twice.
const few = 8;

/**
 * @param options `find` knows the objects that are compared; `findNeeded` also what stands for something else, such as
 *   an extension for its members
 */
export async function toNeeds(
  objects: ReadonlyMap<string, SchemaObject>,
  rows: readonly Row[],
  {
    needs,
    find,
    findNeeded,
    pause,
  }: {readonly needs: Needs; readonly find: Find; readonly findNeeded: Find; readonly pause: Pause},
): Promise<ReadonlyMap<string, readonly string[]>> {
  await inSlices(rows, pause, row => {
    const key = find(number(row['catalog']), number(row['oid']), number(row['part']));
    if (key === undefined) return;
    needs.add(
      key,
      findNeeded(number(row['neededCatalog']), number(row['needed']), number(row['neededPart'])),
    );
  });
  const schemas = new Map<string, string>();
  for (const {kind, key, name} of objects.values()) if (kind === 'schema') schemas.set(name, key);
  const all = new Map<string, readonly string[]>();
  await inSlices([...objects.values()], pause, ({key, schema, parent}) => {
    if (schema !== undefined && parent === undefined) needs.add(key, schemas.get(schema));
    const list = needs.of(key, objects);
    if (list) all.set(key, list);
  });
  return all;
}
