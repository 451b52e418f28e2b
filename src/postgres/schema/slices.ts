export type Pause = () => Promise<void>;

const size = 500;

/** Lets others have their turn: the extension host is shared. */
export const nextTurn: Pause = () => new Promise(resolve => void setImmediate(resolve));

/** Calls `use` for each item, with a pause after each slice of them. */
export async function inSlices<T>(items: readonly T[], pause: Pause, use: (item: T) => void): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    for (const item of items.slice(from, from + size)) use(item);
    if (from + size < items.length) await pause();
  }
}
