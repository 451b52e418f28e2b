import type {PlanFinding} from '../finding.ts';
import type {PlanContext} from './context.ts';

/** A finding before those of one cause are made into one. */
export interface Draft extends Omit<PlanFinding, 'check' | 'atStakeMs'> {
  /** Drafts with the same cause are one finding: an index's columns, a table's statistics. */
  readonly cause: string;
  readonly atStakeMs?: number | undefined;
}

/** One thing to look for in a plan. */
export interface Check {
  readonly id: string;
  find(context: PlanContext): readonly Draft[];
}

// A finding has to be worth reading: at least a millisecond, and a twentieth of what the statement took.
const leastMs = 1;
const leastShare = 0.05;

/**
 * @param ms what the finding is about; undefined when nothing was timed, and then it is worth telling
 * @returns whether it is worth a finding
 */
export function matters({attribution}: PlanContext, ms: number | undefined): boolean {
  if (ms === undefined) return true;
  return ms >= leastMs && ms >= leastShare * (attribution.executionMs ?? 0);
}

/** The basis of what was not checked against a catalog. */
export const catalogNotAsked = 'The catalog was not asked.';
