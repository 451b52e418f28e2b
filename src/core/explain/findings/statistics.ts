import type {TableFacts} from '../facts.ts';
import type {PlanNode} from '../plan.ts';
import {formatRows} from '../words.ts';
import type {PlanContext} from './context.ts';

/** Why the planner's numbers of a table cannot be right. */
export type Staleness =
  | {readonly kind: 'never-analysed'; readonly words: string}
  | {readonly kind: 'changed'; readonly words: string};

// Autovacuum's own measure of when statistics are due. Source: autovacuum_analyze_threshold and _scale_factor
const changesAtLeast = 50;
const changedShare = 0.1;

/**
 * A session reports what it changed up to a minute late, also what it changed before an ANALYZE; those changes then count
 * as made after it. Source: PGSTAT_MAX_INTERVAL in pgstat.c; seen on 14 and 18
 */
const lateReports = 120_000;

/** @returns why the statistics of a table are stale; undefined when they are not, as far as the server counts changes. */
export function stalenessOf({facts}: PlanContext, table: TableFacts): Staleness | undefined {
  const {name, rows, liveRows, changedSinceAnalyze: changed} = table;
  const analysed = rows !== undefined || table.columns.some(({statistics}) => statistics !== undefined);
  if (!analysed && liveRows + table.pages > 0)
    return {kind: 'never-analysed', words: `${name} was never analysed.`};
  if (
    !table.columns.some(({statistics}) => statistics) &&
    table.lastAnalyze === undefined &&
    table.kind !== 'other'
  )
    return unanalysedColumns(table);
  if (changed < changesAtLeast || changed < changedShare * Math.max(rows ?? 0, liveRows)) return undefined;
  // Without a time the statistics in pg_stats are older than the counters, or the report of the ANALYZE is on its way.
  const age = table.lastAnalyze === undefined ? 0 : (facts?.now ?? 0) - table.lastAnalyze;
  if (age < lateReports && changed <= (rows ?? 0)) return undefined;
  return {
    kind: 'changed',
    words: `${formatRows(changed)} rows of ${name} changed since its last ANALYZE, of about ${formatRows(liveRows)}.`,
  };
}

/** CREATE INDEX and VACUUM count rows, and look at no column; so does whoever may not see the statistics. */
function unanalysedColumns({name, columns, changedSinceAnalyze}: TableFacts): Staleness | undefined {
  if (columns.length === 0 || changedSinceAnalyze === 0) return undefined;
  return {kind: 'never-analysed', words: `pg_stats has nothing on the columns of ${name}.`};
}

const consumers = new Set([
  'Nested Loop',
  'Hash Join',
  'Merge Join',
  'Sort',
  'Incremental Sort',
  'Hash',
  'Memoize',
  'SetOp',
]);

/**
 * @returns the step above that was chosen by a node's estimate, a join first of all; undefined when nothing depends on it
 */
export function consumerOf(context: PlanContext, node: PlanNode): PlanNode | undefined {
  for (let above = context.parentOf(node); above; above = context.parentOf(above)) {
    if (above.type === 'Hash') continue;
    if (consumers.has(above.type)) return above;
    if (above.type === 'Aggregate' && above.fields['Strategy'] === 'Hashed') return above;
  }
  return undefined;
}

/** @returns ms that depend on a node's estimate. */
export function stakeOf(context: PlanContext, node: PlanNode): number | undefined {
  return context.totalMs(consumerOf(context, node) ?? node);
}
