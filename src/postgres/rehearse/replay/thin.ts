import type {Stage} from '../../../core/rehearse/stage.ts';

/** So many files at the end have a kept state each: those are the ones that are edited. */
const lastOnes = 25;
/** Histories up to this many files have a kept state after each. */
const short = 100;
/** So many states of a longer history are kept before its last files, evenly spread. */
const earlierOnes = 50;

/**
 * Keeping a state takes about 10 ms, which is more than a small file takes to run. An edit in the middle of a long
 * history therefore runs up to a fiftieth of it again. On a scratch database a state is a whole database, and ends the
 * session: there it is the last one only.
 * @param done files that have run, of `all`
 */
export function isWorthKeeping(kind: Stage['kind'], done: number, all: number): boolean {
  if (kind === 'scratch') return done === all;
  if (all <= short || done > all - lastOnes) return true;
  return done % Math.ceil(all / earlierOnes) === 0;
}
