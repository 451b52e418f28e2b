import {isDeepStrictEqual} from 'node:util';
import type {Assessment} from '../../core/health/assess.ts';

/** Findings that are compared without a pause. */
const atOnce = 200;

/** @returns whether a page would show the same. Findings can be tens of thousands, so it pauses between them. */
export async function looksSame(a: Assessment, b: Assessment, pause: () => Promise<void>): Promise<boolean> {
  if (a.findings.length !== b.findings.length) return false;
  if (!isDeepStrictEqual([a.grades, notLooked(a)], [b.grades, notLooked(b)])) return false;
  let compared = 0;
  for (const [index, finding] of a.findings.entries()) {
    // What checks said that did not look again are the very same findings.
    if (finding === b.findings[index]) continue;
    if (!isDeepStrictEqual(finding, b.findings[index])) return false;
    compared += 1;
    if (compared % atOnce === 0) await pause();
  }
  return true;
}

function notLooked({checks}: Assessment): readonly unknown[] {
  return checks.filter(({outcome}) => outcome.kind === 'not-looked');
}
