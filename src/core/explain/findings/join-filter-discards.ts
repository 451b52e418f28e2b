import {textField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatMs, formatRows, nodeTitle} from '../words.ts';
import {removedRows, type PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {adviseIndex, createAction, indexBasis, placeOf} from './index-advice.ts';
import {conjuncts} from './print.ts';
import {shortened} from './seq-scan-discards.ts';
import {columnTest} from './tests.ts';

// Pairs of rows that were compared in vain; a hundred thousand take some ten milliseconds.
const fewestRemoved = 100_000;
const leastRatio = 10;

/**
 * A join made pairs of rows only to throw most of them away with its join filter.
 * Source: https://www.postgresql.org/docs/current/using-explain.html ("Join Filter")
 */
export const joinFilterDiscards: Check = {
  id: 'join-filter-discards',
  find: context =>
    context.plan.nodes.flatMap(node => {
      const worth = node.fields['Join Filter'] !== undefined && matters(context, context.totalMs(node));
      return worth ? found(context, node) : [];
    }),
};

function found(context: PlanContext, join: PlanNode): readonly Draft[] {
  const removed = removedRows(context, join, 'Rows Removed by Join Filter');
  const kept = context.executionOf(join)?.rows ?? 0;
  if (removed < fewestRemoved || removed < kept * leastRatio) return [];
  const condition = context.condition(join, 'Join Filter');
  // Told by the check on OR.
  if (conjuncts(condition).some(({kind}) => kind === 'or')) return [];
  const [inner, advice] = lookup(context, join) ?? [];
  const ms = context.totalMs(join);
  const place = inner && advice?.kind === 'create' ? placeOf(context, inner, advice.keys) : undefined;
  return [
    {
      cause: place === undefined ? `join filter ${join.id}` : `index ${place}`,
      nodes: [join.id, ...(inner ? [inner.id] : [])],
      what: `The join makes ${formatRows(removed + kept)} pairs of rows and keeps ${formatRows(kept)}`,
      why: `${nodeTitle(join)} threw ${formatRows(removed)} pairs away${ms === undefined ? '' : `; with its inputs it took ${formatMs(ms)}`}. Join filter: ${shortened(textField(join, 'Join Filter') ?? '')}`,
      fix:
        place === undefined
          ? 'Give the join a condition with = on columns of both sides, so that it can be hashed, merged or looked up.'
          : `Create an index on ${place}, so that the join looks up what fits.`,
      confidence: place === undefined ? 'possible' : 'likely',
      basis:
        inner && advice?.kind === 'create'
          ? indexBasis(context, inner, advice.keys)
          : 'Rows Removed by Join Filter, as the plan counted them.',
      atStakeMs: ms,
      actions: advice?.kind === 'create' ? createAction(context, advice.proposal) : [],
    },
  ];
}

/** The larger of the two scans of a nested loop that an index would turn into lookups. */
function lookup(
  context: PlanContext,
  join: PlanNode,
): readonly [PlanNode, ReturnType<typeof adviseIndex>] | undefined {
  if (join.type !== 'Nested Loop') return undefined;
  const scans = join.children
    .map(child => (child.type === 'Materialize' ? (child.children[0] ?? child) : child))
    .filter(({type}) => type === 'Seq Scan');
  return scans
    .toSorted((a, b) => rowsOf(context, b) - rowsOf(context, a))
    .map(scan => [scan, adviseFor(context, join, scan)] as const)
    .find(([, {kind}]) => kind === 'create');
}

/** Rows of one pass. */
function rowsOf(context: PlanContext, scan: PlanNode): number {
  const execution = context.executionOf(scan);
  return (execution?.rows ?? 0) / Math.max(1, execution?.loops ?? 1);
}

function adviseFor(context: PlanContext, join: PlanNode, inner: PlanNode): ReturnType<typeof adviseIndex> {
  const terms = conjuncts(context.condition(join, 'Join Filter'));
  // Without VERBOSE and an alias a column's side is not known; two names that differ are of two relations.
  const tests = terms.flatMap(term => columnTest(term, context.subjectOf(inner)) ?? []);
  return adviseIndex(context, inner, tests);
}
