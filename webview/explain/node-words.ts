import type {Attribution, NodeNumbers} from '../../src/core/explain/attribution.ts';
import {formatFactor, formatMs, formatRows, nodeTitle} from '../../src/core/explain/words.ts';
import {formatShare} from './colour-values.ts';

/** @returns the node's part of the time that all nodes took, 0–1; undefined where the plan has no times. */
export function shareOfTime({numbers}: Attribution, id: number): number | undefined {
  const self = numbers[id]?.execution?.time?.selfMs;
  const all = numbers[0]?.execution?.time?.totalMs ?? 0;
  return self === undefined || all <= 0 ? undefined : Math.max(0, self) / all;
}

/**
 * Says of a node what a sighted user sees of it: `Seq Scan on orders, 120 ms self, 62 % of the time, 1,200 rows,
 * estimate 40× too low`.
 */
export function nodeSentence(attribution: Attribution, id: number): string {
  const node = attribution.plan.nodes[id];
  const numbers = attribution.numbers[id];
  if (!node || !numbers) return '';
  return [nodeTitle(node), ...figures(attribution, numbers)].join(', ');
}

function figures(attribution: Attribution, {id, state, execution, plannedRows}: NodeNumbers): string[] {
  if (state === 'never') return ['never executed'];
  if (execution === undefined) return [`${formatRows(plannedRows)} rows expected`];
  const {time, rows, estimate} = execution;
  const share = shareOfTime(attribution, id);
  return [
    ...(time ? [`${formatMs(time.selfMs)} self`] : []),
    ...(share === undefined ? [] : [`${formatShare(share)} of the time`]),
    `${formatRows(rows)} rows`,
    ...(estimate ? [`estimate ${formatFactor(estimate)}`] : []),
  ];
}
