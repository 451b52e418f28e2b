import {textField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatMs, formatRows} from '../words.ts';
import {removedRows, type PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {grouped} from '../../grouped.ts';

// A scan of the CTE that throws nearly all away is a lookup without an index.
const fewestRead = 10_000;
const leastRatio = 10;

/**
 * A WITH query was kept as a whole and read again and again, or for a small part of it. It has no index, and conditions
 * from outside did not reach into it.
 * Source: https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-CTE-MATERIALIZATION
 */
export const cteScannedOften: Check = {
  id: 'cte-scanned-often',
  find: context => {
    const ctes = new Map(
      context.plan.nodes.flatMap(node => {
        const name = /^CTE (.+)$/s.exec(node.subplanName ?? '')?.[1];
        return name === undefined || node.type === 'Recursive Union' ? [] : [[name, node] as const];
      }),
    );
    const scans = grouped(
      context.plan.nodes.filter(node => node.type === 'CTE Scan'),
      node => textField(node, 'CTE Name') ?? '',
    );
    return [...ctes].flatMap(([name, cte]) => found(context, name, cte, scans.get(name) ?? []));
  },
};

function found(
  context: PlanContext,
  name: string,
  cte: PlanNode,
  scans: readonly PlanNode[],
): readonly Draft[] {
  const made = context.executionOf(cte)?.rows;
  const kept = total(scans, scan => context.executionOf(scan)?.rows ?? 0);
  const removed = total(scans, scan => removedRows(context, scan, 'Rows Removed by Filter'));
  const loops = total(scans, scan => context.executionOf(scan)?.loops ?? 0);
  const timed = scans.some(scan => context.selfMs(scan) !== undefined);
  const ms = timed ? total(scans, scan => context.selfMs(scan) ?? 0) : undefined;
  if (made === undefined || removed < fewestRead || removed < kept * leastRatio) return [];
  if (!matters(context, ms)) return [];
  const once = scans.length === 1;
  return [
    {
      cause: `cte ${name}`,
      nodes: [...scans.map(({id}) => id), cte.id],
      what: `The WITH query ${name} is read ${formatRows(loops)} ${loops === 1 ? 'time' : 'times'} to find few of its rows`,
      why: `It has ${formatRows(made)} rows; its scans threw ${formatRows(removed)} rows away and kept ${formatRows(kept)}${ms === undefined ? '' : `, in ${formatMs(ms)}`}.`,
      fix: `Write WITH ${name} AS NOT MATERIALIZED, so that conditions and indexes reach into it; or keep it in a temporary table with an index.`,
      confidence: 'likely',
      basis: once
        ? 'A WITH query that is used once is kept apart only when it is MATERIALIZED, volatile, or locks or changes rows.'
        : `A WITH query that is used more than once (here ${scans.length} times) is kept apart unless it says NOT MATERIALIZED.`,
      atStakeMs: ms,
      actions: [],
    },
  ];
}

function total(scans: readonly PlanNode[], amount: (scan: PlanNode) => number): number {
  return scans.reduce((sum, scan) => sum + amount(scan), 0);
}
