/**
 * Works on items in their order, on at most `limit` at a time.
 * @param goesOn asked before each item; once it says no, no further one is begun
 */
export async function inLanes<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const rest = [...items];
  const lane = async (): Promise<void> => {
    while (goesOn()) {
      const item = rest.shift();
      if (item === undefined) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({length: Math.max(1, Math.floor(limit))}, lane));
}
