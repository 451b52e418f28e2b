import {durationWords, sizeWords} from '../../rehearse/quantities.ts';
import {written} from '../../sql/objects.ts';
import type {Draft} from '../rule.ts';
import type {WatchedSituation} from '../situations.ts';

/**
 * Bytes in a second that a disk is assumed to read or write from end to end: a usual limit of volumes in clouds, and
 * named in each sentence. Real ones differ several times in both directions, so that only the size of the answer counts.
 */
const rate = 200 * 2 ** 20;

/** Seconds below which nobody asks how long it takes. */
const worthTelling = 5;

/** @returns about how long reading or writing from end to end takes, for tables that it takes a while of */
export function workWords({work}: Draft, situation: WatchedSituation): readonly string[] {
  const {target, before} = situation;
  if (!work || !target) return [];
  const {kind} = work;
  return work.of.flatMap(name => {
    const facts = target.facts({schema: before.schemaOf(name), ...name});
    if (!facts || situation.isHarmless(name)) return [];
    const bytes = kind === 'scan' ? (facts.heap ?? facts.bytes) : facts.bytes;
    const seconds = bytes / rate;
    return seconds < worthTelling ? [] : [words(kind, written(name), bytes, seconds)];
  });
}

function words(kind: 'scan' | 'rewrite', name: string, bytes: number, seconds: number): string {
  const time = `${durationWords(seconds)} at ${sizeWords(rate)}/s`;
  return kind === 'scan'
    ? `Reading the rows of ${name} (${sizeWords(bytes)}) takes about ${time}.`
    : `Writing ${name} and its indexes anew (${sizeWords(bytes)}) takes about ${time}.`;
}
