import type {TableFacts} from '../facts.ts';
import type {PlanNode} from '../plan.ts';
import {formatMs, formatRows} from '../words.ts';
import type {PlanContext} from './context.ts';
import {catalogNotAsked, matters, type Check, type Draft} from './draft.ts';
import {conjuncts, columnsIn, printExpression} from './print.ts';
import {columnTest} from './tests.ts';

// With fewer partitions there is little to leave out.
const fewestPartitions = 4;

// So many of the partitions returned nothing that the statement wanted a part of them.
const leastEmpty = 0.7;

const scans = new Set(['Seq Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Heap Scan']);

/**
 * All partitions were read where most had nothing to return: no condition on the partition key, or one that the planner
 * cannot compare with the bounds because the key is inside a function, a cast or a calculation.
 * Source: https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITION-PRUNING
 */
export const partitionsNotPruned: Check = {
  id: 'partitions-not-pruned',
  find: context =>
    context.plan.nodes.flatMap(node =>
      node.type === 'Append' || node.type === 'Merge Append' ? found(context, node) : [],
    ),
};

function found(context: PlanContext, append: PlanNode): readonly Draft[] {
  const parts = append.children.flatMap(child => {
    const scan = scanIn(child);
    const rows = scan && context.executionOf(scan)?.rows;
    return scan && rows !== undefined ? [{scan, rows}] : [];
  });
  const empty = parts.filter(({rows}) => rows === 0);
  const [first] = empty;
  if (!first || parts.length < fewestPartitions || empty.length < parts.length * leastEmpty) return [];
  const parent = parentOf(context, first.scan);
  // Without the catalog, a UNION ALL looks the same.
  if (!parent) return [];
  const timed = empty.map(({scan}) => context.totalMs(scan));
  const ms = timed.includes(undefined)
    ? undefined
    : timed.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  if (!matters(context, ms)) return [];
  const reason = reasonOf(context, first.scan, parent);
  if (!reason) return [];
  return [
    {
      cause: `pruning ${parent.schema}.${parent.name}`,
      nodes: [append.id],
      what: `Reads ${parts.length} partitions of ${parent.name}, of which ${empty.length} have nothing to return`,
      why: `The ${empty.length} partitions without a row took ${ms === undefined ? 'a part of the time' : formatMs(ms)}. ${reason.why} The others returned ${formatRows(parts.reduce((sum, {rows}) => sum + rows, 0))} rows.`,
      fix: reason.fix,
      confidence: reason.sure ? 'likely' : 'possible',
      basis: context.facts
        ? `The partition key of ${parent.name} is (${parent.partitionKey?.join(', ') ?? ''}).`
        : catalogNotAsked,
      atStakeMs: ms,
      actions: [],
    },
  ];
}

/** A partition's scan, below steps that pass its rows on. */
function scanIn(child: PlanNode): PlanNode | undefined {
  let node: PlanNode | undefined = child;
  while (node && !scans.has(node.type)) node = node.children.length === 1 ? node.children[0] : undefined;
  return node;
}

function parentOf(context: PlanContext, scan: PlanNode): TableFacts | undefined {
  const table = context.tableOf(scan);
  const parent = context.mainTableOf(scan);
  return table?.partitionOf && parent?.partitionKey?.length ? parent : undefined;
}

interface Reason {
  readonly why: string;
  readonly fix: string;
  readonly sure: boolean;
}

function reasonOf(context: PlanContext, scan: PlanNode, parent: TableFacts): Reason | undefined {
  const [key = ''] = parent.partitionKey ?? [];
  const fields = ['Filter', 'Index Cond', 'Recheck Cond'];
  const terms = fields.flatMap(field => conjuncts(context.condition(scan, field)));
  const subject = context.subjectOf(scan);
  const onKey = terms.filter(term => columnsIn(term).some(({name}) => name === key));
  // An index on what the filter has makes each partition cheap, and another check proposes it.
  const indexable = scan.type === 'Seq Scan' && terms.some(term => columnTest(term, subject) !== undefined);
  if (onKey.length === 0 && indexable) return undefined;
  if (onKey.length === 0)
    return {
      why: `No condition is on the partition key ${key}.`,
      fix: `Add a condition on ${key} where the statement can know one.`,
      sure: false,
    };
  // What compares the key itself was tried: bounds that overlap, or a value that is known at run time only.
  const wrapped = onKey.filter(term => columnTest(term, subject) === undefined);
  const [hidden] = wrapped;
  if (!hidden || wrapped.length < onKey.length) return undefined;
  return {
    why: `The partition key ${key} is inside an expression: ${printExpression(hidden)}.`,
    fix: `Compare ${key} itself, such as ${key} >= … AND ${key} < ….`,
    sure: true,
  };
}
