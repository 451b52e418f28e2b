import {each, type Turns} from '../../turns.ts';

/** A step of the migration, and the steps that have to be done before it. */
export interface Step<T> {
  readonly content: T;
  /** Among steps that are free to go, the least goes first. */
  readonly rank: number;
  readonly before: Set<number>;
}

/**
 * @returns the contents in an order in which each comes after those it waits for. Where steps wait for each other in a
 *   circle, the one of the least rank goes first.
 */
export function* inOrder<T>(
  steps: readonly Step<T>[],
  /** The rank of a step after one of another rank, so that it does not come between what is not to be parted. */
  follow: (rank: number, before: number) => number,
): Turns<readonly T[]> {
  const ranks = steps.map(({rank}) => rank);
  /** For how many others a step waits; -1 once it is done. */
  const left = steps.map(({before}) => before.size);
  const waiters = yield* followers(steps);
  const precedes = (a: number, b: number): boolean =>
    (ranks[a] ?? 0) < (ranks[b] ?? 0) || (ranks[a] === ranks[b] && a < b);
  const free = createQueue(precedes);
  yield* each(left.entries(), ([at, count]) => {
    if (count === 0) free.add(at);
  });
  const ordered: T[] = [];
  const next = function* (): Iterable<number> {
    while (ordered.length < steps.length) yield free.take() ?? leastOf(waitingOf(left), precedes);
  };
  yield* each(next(), at => {
    const step = steps[at];
    if (!step || left[at] === -1) return;
    left[at] = -1;
    ordered.push(step.content);
    for (const waiter of waiters[at] ?? []) {
      const count = (left[waiter] ?? 0) - 1;
      if (count < 0) continue;
      left[waiter] = count;
      ranks[waiter] = follow(ranks[waiter] ?? 0, ranks[at] ?? 0);
      if (count === 0) free.add(waiter);
    }
  });
  return ordered;
}

function* followers<T>(steps: readonly Step<T>[]): Turns<readonly (readonly number[] | undefined)[]> {
  const found: (number[] | undefined)[] = steps.map(() => undefined);
  yield* each(steps.entries(), ([at, step]) => {
    for (const first of step.before) {
      const known = found[first];
      if (known) known.push(at);
      else found[first] = [at];
    }
  });
  return found;
}

function waitingOf(left: readonly number[]): readonly number[] {
  return left.flatMap((count, at) => (count > 0 ? at : []));
}

function leastOf(all: readonly number[], precedes: (a: number, b: number) => boolean): number {
  return all.reduce((least, at) => (precedes(at, least) ? at : least));
}

interface Queue {
  add(item: number): void;
  take(): number | undefined;
}

/** A heap: a migration may have ten thousands of steps. */
function createQueue(precedes: (a: number, b: number) => boolean): Queue {
  const heap: number[] = [];
  const first = (a: number, b: number): boolean => {
    const [left, right] = [heap[a], heap[b]];
    return left !== undefined && right !== undefined && precedes(left, right);
  };
  const swap = (a: number, b: number): void => {
    const [left, right] = [heap[a], heap[b]];
    if (left === undefined || right === undefined) return;
    heap[a] = right;
    heap[b] = left;
  };
  return {
    add(item) {
      heap.push(item);
      for (let at = heap.length - 1; at > 0;) {
        const above = (at - 1) >> 1;
        if (!first(at, above)) break;
        swap(at, above);
        at = above;
      }
    },
    take() {
      swap(0, heap.length - 1);
      const taken = heap.pop();
      for (let at = 0; ;) {
        const below = first(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1;
        if (!first(below, at)) break;
        swap(below, at);
        at = below;
      }
      return taken;
    },
  };
}
