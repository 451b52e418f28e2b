import type {NodeNumbers} from '../../src/core/explain/attribution.ts';
import {formatRows} from '../../src/core/explain/words.ts';

/** @returns a share as `62 %`, with a decimal below ten; `< 0.1 %` for what is not nothing. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent <= 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  return `${percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** @returns what is the node's own, and adds up to the whole plan's; undefined where the plan does not tell. */
export function ownValue(
  {execution, cost, self}: NodeNumbers,
  by: 'self-time' | 'buffers' | 'cost',
): number | undefined {
  switch (by) {
    case 'self-time':
      return execution?.time?.selfMs;
    case 'cost':
      return cost.self;
    case 'buffers': {
      const touched = [self.sharedHit, self.sharedRead, self.localHit, self.localRead, self.tempRead];
      const known = touched.filter(blocks => blocks !== undefined);
      return known.length === 0 ? undefined : known.reduce((sum, blocks) => sum + blocks, 0);
    }
    default:
      return by satisfies never;
  }
}

/** @returns rows over all loops, or what the planner expects of one loop where nothing was executed. */
export function rowsOf({execution, plannedRows, state}: NodeNumbers): number {
  return state === 'unknown' ? plannedRows : (execution?.rows ?? 0);
}

/** @returns planner's units with as many digits as count. */
export function formatCost(cost: number): string {
  return Math.abs(cost) < 100 ? String(Number(cost.toFixed(1))) : formatRows(cost);
}
