import type {Signal} from '../../session.ts';

/** How others get their turn while a file is looked at. */
export interface Breathing {
  readonly pause?: () => Promise<void>;
  /** Milliseconds. With it a pause is made by the time that has passed, without it by how much was done. */
  readonly now?: () => number;
  readonly signal?: Signal;
}

/**
 * Called between two pieces of work.
 * @param cost of the piece, where 1 is what takes some hundredths of a millisecond
 * @returns whether it still makes sense to go on; at once where no pause is due
 */
export type Breathe = (cost?: number) => Promise<boolean> | boolean;

/** What the parser takes for a statement, compared to looking at it. */
export const parsing = 10;

const patience = {milliseconds: 8, cost: 200};

export function breather({pause, now, signal}: Breathing): Breathe {
  let since = now?.() ?? 0;
  let spent = 0;
  return (cost = 1) => {
    if (signal?.aborted === true) return false;
    spent += cost;
    const isDue = now ? now() - since >= patience.milliseconds : spent >= patience.cost;
    if (!pause || !isDue) return true;
    return pause().then(() => {
      since = now?.() ?? 0;
      spent = 0;
      return signal?.aborted !== true;
    });
  };
}
