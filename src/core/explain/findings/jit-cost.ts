import {numberField} from '../fields.ts';
import {formatMs} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';

// A compilation of some milliseconds is not worth a setting.
const leastMs = 10;

/**
 * Compiled expressions have been seen to make a statement up to about this much faster; compiling cannot have paid off
 * when it took more than the rest of the time could have grown by.
 */
const bestSpeedUp = 1.5;

/**
 * Compiling the statement's expressions (JIT) took longer than it can have saved.
 * Source: https://www.postgresql.org/docs/current/jit-decision.html
 */
export const jitCost: Check = {id: 'jit-cost', find: context => found(context)};

function found(context: PlanContext): readonly Draft[] {
  const {jitMs, executionMs} = context.attribution;
  if (jitMs === undefined || executionMs === undefined) return [];
  // EXPLAIN adds up the compiling of all processes, which do it side by side.
  const own = jitMs / processesOf(context);
  const rest = Math.max(0, executionMs - own);
  if (own < leastMs || own < rest * (bestSpeedUp - 1) || !matters(context, own)) return [];
  const cost = numberField(context.plan.root, 'Total Cost') ?? 0;
  const above = context.setting('jit_above_cost');
  return [
    {
      cause: 'jit',
      nodes: [],
      what: 'Compiling the expressions took longer than it can save',
      why: `JIT took ${formatMs(own)} of ${formatMs(executionMs)}; without it about ${formatMs(rest)} are left, which compiled code would have to make ${bestSpeedUp} times as fast to pay off.`,
      fix: `Switch JIT off for this statement, or raise jit_above_cost above its cost of ${Math.round(cost)}.`,
      confidence: own > rest ? 'certain' : 'likely',
      basis: `Timing of JIT in the plan${above === undefined ? '' : `; jit_above_cost was ${above}`}.`,
      atStakeMs: own,
      actions: [{kind: 'show-sql', title: 'Without JIT', sql: 'SET jit = off;'}],
    },
  ];
}

function processesOf(context: PlanContext): number {
  const launched = context.plan.nodes.map(node => numberField(node, 'Workers Launched') ?? 0);
  return 1 + launched.reduce((most, each) => Math.max(most, each), 0);
}
