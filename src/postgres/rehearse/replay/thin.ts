/** So many files at the end have a kept state each: those are the ones that are edited. */
const lastOnes = 25;
/** Histories up to this many files have a kept state after each. */
const short = 100;
/** So many states of a longer history are kept before its last files, evenly spread. */
const earlierOnes = 50;

/**
 * Keeping a state takes about 10 ms, which is more than a small file takes to run. An edit in the middle of a long
 * history therefore runs up to a fiftieth of it again.
 * @param done files that have run, of `all`
 */
export function isWorthKeeping(done: number, all: number): boolean {
  if (all <= short || done > all - lastOnes) return true;
  return done % Math.ceil(all / earlierOnes) === 0;
}
