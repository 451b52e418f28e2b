/** Work that others can have their turn in between: it yields after every few hundred items. */
export type Turns<T> = Generator<undefined, T, undefined>;

const size = 200;

/** Calls `act` for each item; what comes to `items` meanwhile has its turn too. */
export function* each<T>(items: Iterable<T>, act: (item: T) => void): Turns<void> {
  let count = 0;
  for (const item of items) {
    act(item);
    count += 1;
    if (count % size === 0) yield undefined;
  }
}

/** Takes items off the end, also those that are put there meanwhile. */
export function* taken<T>(open: T[]): Iterable<T> {
  for (let item = open.pop(); item !== undefined; item = open.pop()) yield item;
}

/** @param pause called whenever the work yields; absent, it is done without a break */
export async function inTurns<T>(work: Turns<T>, pause?: () => Promise<void>): Promise<T> {
  let step = work.next();
  for (; !step.done; step = work.next()) await pause?.();
  return step.value;
}

/** Does the work without a break, for those who cannot wait. */
export function atOnce<T>(work: Turns<T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
