import {numberField} from '../fields.ts';
import {formatMs, formatRows, nodeTitle} from '../words.ts';
import type {FindingAction} from '../finding.ts';
import type {PlanNode} from '../plan.ts';
import type {PlanContext} from './context.ts';
import {catalogNotAsked, matters, type Check, type Draft} from './draft.ts';
import {nameOf, wordsOf} from './index-advice.ts';

// Fewer visits to the table than this take less than a millisecond.
const fewestFetches = 1000;
const leastShare = 0.1;

// With nearly all blocks marked, VACUUM has no more to mark: the visits come from rows that changed a moment ago.
const fullyVisible = 0.98;

/**
 * An index-only scan had to look into the table whether rows are visible, because their blocks are not marked
 * all-visible. VACUUM marks them.
 * Source: https://www.postgresql.org/docs/current/indexes-index-only-scans.html
 */
export const heapFetches: Check = {
  id: 'heap-fetches',
  find: context =>
    context.plan.nodes.flatMap(node =>
      node.type === 'Index Only Scan' && matters(context, context.selfMs(node)) ? found(context, node) : [],
    ),
};

function found(context: PlanContext, node: PlanNode): readonly Draft[] {
  const fetches = numberField(node, 'Heap Fetches') ?? 0;
  const rows = context.executionOf(node)?.rows ?? 0;
  if (fetches < fewestFetches || fetches < rows * leastShare) return [];
  const table = context.tableOf(node);
  const visible = table && table.pages > 0 ? table.allVisiblePages / table.pages : undefined;
  const unchanged = table?.deadRows === 0 && table.changedSinceAnalyze === 0;
  if (visible !== undefined && visible >= fullyVisible && unchanged) return [];
  const ms = context.selfMs(node);
  const name = nameOf(context, node);
  const action: readonly FindingAction[] = name ? [{kind: 'vacuum', table: name}] : [];
  return [
    {
      cause: `visibility ${wordsOf(context, node)}`,
      nodes: [node.id],
      what: 'The index-only scan reads the table nevertheless',
      why: `${nodeTitle(node)} visited the table ${formatRows(fetches)} times for ${formatRows(rows)} rows${ms === undefined ? '' : `, in ${formatMs(ms)}`}.`,
      fix: `VACUUM ${wordsOf(context, node)}; where that does not help, end the transactions that have been open for long.`,
      confidence: visible === undefined || visible >= fullyVisible ? 'likely' : 'certain',
      basis: table
        ? `${formatRows(table.allVisiblePages)} of ${formatRows(table.pages)} blocks were all-visible at the last VACUUM or ANALYZE; ${formatRows(table.deadRows)} dead rows.`
        : catalogNotAsked,
      atStakeMs: ms,
      actions: action,
    },
  ];
}
