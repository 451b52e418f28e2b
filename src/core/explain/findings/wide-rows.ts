import {numberField, textsField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatBytes, formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import {groupOf} from './workers.ts';

// A row of a form or a report has less; beyond are documents and texts.
const wide = 500;

// That much takes a second on a network of 100 Mbit/s.
const leastBytes = 10 * 1024 ** 2;

const carriers = new Set(['Sort', 'Incremental Sort', 'Hash', 'Materialize']);

/**
 * Wide rows in number: returned to the client, or carried through a sort or a hash that needs its keys only.
 * Source: https://www.postgresql.org/docs/current/storage-toast.html and sql-explain.html (SERIALIZE, width)
 */
export const wideRows: Check = {
  id: 'wide-rows',
  find: context => [
    ...returned(context),
    ...context.plan.nodes.flatMap(node => (carriers.has(node.type) ? carried(context, node) : [])),
  ],
};

function returned(context: PlanContext): readonly Draft[] {
  const {plan} = context;
  const rows = context.executionOf(plan.root)?.rows ?? 0;
  const serialization = groupOf(plan.fields, 'Serialization');
  const volume = Number(serialization?.['Output Volume'] ?? 0) * 1024;
  const bytes = volume || rows * (numberField(plan.root, 'Plan Width') ?? 0);
  if (bytes < leastBytes || bytes / Math.max(1, rows) < wide) return [];
  const time = serialization?.['Time'];
  const ms = typeof time === 'number' ? time : undefined;
  const columns = textsField(plan.root, 'Output').length;
  return [
    {
      cause: 'wide result',
      nodes: [plan.root.id],
      what: `Returns ${formatBytes(bytes)}, ${formatBytes(bytes / Math.max(1, rows))} a row`,
      why: `${formatRows(rows)} rows${columns > 0 ? ` of ${columns} columns` : ''}${ms === undefined ? '; sending them is not in the execution time' : `; making their text took ${formatMs(ms)}`}.`,
      fix: 'Select the columns that are used, and fewer rows at a time.',
      confidence: volume > 0 ? 'likely' : 'possible',
      basis:
        volume > 0
          ? 'Measured with SERIALIZE.'
          : 'The planner’s average width times the rows that were returned.',
      atStakeMs: ms,
      actions: [],
    },
  ];
}

function carried(context: PlanContext, node: PlanNode): readonly Draft[] {
  const width = numberField(node, 'Plan Width') ?? 0;
  const rows = context.executionOf(node)?.rows ?? 0;
  const ms = context.selfMs(node);
  const input = node.children[0] && context.executionOf(node.children[0])?.rows;
  const bytes = width * Math.max(rows, input ?? 0);
  if (width < wide || bytes < leastBytes || !matters(context, ms)) return [];
  return [
    {
      cause: `wide ${node.id}`,
      nodes: [node.id],
      what: `${node.type} carries rows of ${formatBytes(width)}`,
      why: `${nodeTitle(node)} took ${formatRows(input ?? rows)} rows of ${formatBytes(width)} on average, ${formatBytes(bytes)} together${ms === undefined ? '' : `, in ${formatMs(ms)}`}.`,
      fix: 'Do this step with keys only, and join the wide columns afterwards.',
      confidence: 'possible',
      basis: 'The planner’s average width, from pg_stats.',
      atStakeMs: ms,
      actions: [],
    },
  ];
}
