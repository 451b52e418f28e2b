/** How long others had no turn, in milliseconds of the processor: on a busy machine the clock says little. */
export interface Turns<T> {
  readonly value: T;
  readonly longest: number;
}

/** Does the work and looks between all turns of the event loop. */
export async function watchTurns<T>(work: () => Promise<T>): Promise<Turns<T>> {
  let last = used();
  let longest = 0;
  let isOver = false;
  const look = (): void => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  const value = await work();
  isOver = true;
  return {value, longest: Math.max(longest, used() - last)};
}

function used(): number {
  const {user, system} = process.threadCpuUsage();
  return (user + system) / 1000;
}
