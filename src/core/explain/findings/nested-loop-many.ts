import type {PlanNode} from '../plan.ts';
import {formatBlocks, formatFactor, formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {catalogNotAsked, matters, type Check, type Draft} from './draft.ts';

// Fewer descents into an index than this take some milliseconds together.
const fewestLoops = 10_000;

// The inner side has to be a good part of the work, and to touch the table's blocks this often over.
const leastShare = 0.25;
const rereads = 3;

const lookups = new Set(['Index Scan', 'Index Only Scan', 'Bitmap Heap Scan', 'Memoize', 'Seq Scan']);

/**
 * A nested loop looks rows up one by one, so often that reading the inner table once, for a hash join, would touch far
 * fewer blocks. Mostly the planner expected fewer outer rows.
 * Source: https://www.postgresql.org/docs/current/planner-optimizer.html and using-explain.html
 */
export const nestedLoopMany: Check = {
  id: 'nested-loop-many',
  find: context =>
    context.plan.nodes.flatMap(node => (node.type === 'Nested Loop' ? found(context, node) : [])),
};

function found(context: PlanContext, join: PlanNode): readonly Draft[] {
  const inner = join.children.find(({relationship}) => relationship === 'Inner');
  const outer = join.children.find(({relationship}) => relationship === 'Outer');
  const scan = inner && scanOf(inner);
  const [inside, outside] = [scan && context.executionOf(scan), outer && context.executionOf(outer)];
  if (!inner || !scan || !inside || !outside || inside.loops < fewestLoops) return [];
  const [ms, all] = [context.totalMs(inner), context.totalMs(join)];
  if (!matters(context, ms) || (ms !== undefined && all !== undefined && ms < all * leastShare)) return [];
  const blocks = blocksOf(context, inner);
  const pages = context.tableOf(scan)?.pages;
  const touched = blocks !== undefined && pages !== undefined && pages > 0 && blocks > pages * rereads;
  const {estimate} = outside;
  if (!estimate) return [];
  const misled = estimate.direction === 'too-low' && estimate.factor >= 10;
  // Without both there is no sign that another join would be better: a loop over an index is a good plan.
  if (!misled || (pages !== undefined && !touched)) return [];
  return [
    {
      cause: `loop ${join.id}`,
      nodes: [join.id, inner.id],
      what: `Looks rows up one by one, ${formatRows(inside.loops)} times`,
      why: `${nodeTitle(scan)} ran ${formatRows(inside.loops)} times${ms === undefined ? '' : ` and took ${formatMs(ms)}`}${touched ? `; it touched ${formatBlocks(blocks)} where the table has ${formatBlocks(pages)}` : ''}. The planner expected ${formatRows(estimate.planned)} outer rows (${formatFactor(estimate)}).`,
      fix: 'Help the planner to a better estimate of the outer side; to see what a hash join would take, try it once without nested loops.',
      confidence: 'likely',
      basis: touched ? 'The catalog has the number of blocks of the inner table.' : catalogNotAsked,
      atStakeMs: ms,
      actions: [
        {
          kind: 'show-sql',
          title: 'Try without nested loops',
          sql: 'BEGIN;\nSET LOCAL enable_nestloop = off;\n-- EXPLAIN (ANALYZE, BUFFERS) of the statement\nROLLBACK;',
        },
      ],
    },
  ];
}

function scanOf(inner: PlanNode): PlanNode | undefined {
  const node = inner.type === 'Memoize' || inner.type === 'Materialize' ? inner.children[0] : inner;
  return node && lookups.has(node.type) && node.type !== 'Memoize' ? node : undefined;
}

function blocksOf(context: PlanContext, node: PlanNode): number | undefined {
  const total = context.numbersOf(node)?.total;
  if (total?.sharedHit === undefined && total?.sharedRead === undefined) return undefined;
  return (total.sharedHit ?? 0) + (total.sharedRead ?? 0);
}
