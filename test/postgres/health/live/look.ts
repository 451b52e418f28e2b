import type {Check} from '../../../../src/core/health/check.ts';
import {partOf} from '../../../../src/core/health/assess.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {ratesBetween} from '../../../../src/core/health/series.ts';

export interface LookOptions {
  /** ms that the check's clock is ahead of the server's: what is young becomes old. */
  readonly later?: number;
  readonly before?: Reading;
}

/** @returns what a check finds in a reading; fails when it cannot look */
export function look(
  check: Check,
  reading: Reading,
  {later = 0, before}: LookOptions = {},
): readonly HealthFinding[] {
  const rates = before && ratesBetween(before, reading);
  const looked = check.look(reading, {
    now: (partOf(reading, 'server')?.now ?? 0) + later,
    part: name => partOf(reading, name),
    ...(rates === undefined ? {} : {rates}),
  });
  if (looked.kind === 'not-looked') throw new Error(`${check.id}: ${looked.why}`);
  return looked.findings;
}
