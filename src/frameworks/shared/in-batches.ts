import {ok, type Outcome} from '../../core/outcome.ts';

/** How many files are open at once; a process may have a thousand or so. */
const size = 64;

/** Does `work` for all items, many at once. @returns the results in order, or the first failure in order */
export async function inBatches<Item, T>(
  items: readonly Item[],
  work: (item: Item) => Promise<Outcome<T>>,
): Promise<Outcome<readonly T[]>> {
  const done: T[] = [];
  for (let start = 0; start < items.length; start += size) {
    for (const result of await Promise.all(items.slice(start, start + size).map(work))) {
      if (!result.ok) return result;
      done.push(result.value);
    }
  }
  return ok(done);
}
