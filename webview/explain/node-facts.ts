import type {Attribution, NodeNumbers} from '../../src/core/explain/attribution.ts';
import {numberField, textField, textsField} from '../../src/core/explain/fields.ts';
import type {FieldValue, PlanNode} from '../../src/core/explain/plan.ts';
import {formatBytes, formatFactor, formatRows, formatWithEpsilon} from '../../src/core/explain/words.ts';
import {formatCost, formatShare} from './colour-values.ts';
import {shareOfTime} from './node-words.ts';

/** One line of a node's details. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** SQL of the statement, or a list of it. */
  readonly code?: boolean;
  /** Worth a look. */
  readonly marked?: boolean;
}

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

type Read = (node: PlanNode, numbers: NodeNumbers, attribution: Attribution) => Fact | undefined;

/** @returns what is known of a node, in groups; a group without facts is left out. */
export function factsOf(attribution: Attribution, id: number): readonly FactGroup[] {
  const node = attribution.plan.nodes[id];
  const numbers = attribution.numbers[id];
  if (!node || !numbers) return [];
  const groups = Object.entries(readers).map(([title, reads]) => ({
    title,
    facts: reads.flatMap(read => read(node, numbers, attribution) ?? []),
  }));
  return groups.filter(({facts}) => facts.length > 0);
}

const badEstimate = 10;

const readers: Readonly<Record<string, readonly Read[]>> = {
  'Time and cost': [
    (_, {id, execution}, attribution) => {
      const time = execution?.time;
      if (time === undefined) return undefined;
      const share = formatShare(shareOfTime(attribution, id) ?? 0);
      return {name: 'Self', value: `${formatWithEpsilon(time.selfMs, time.selfEpsilonMs)} (${share})`};
    },
    (_, {execution}) => {
      const time = execution?.time;
      return time && {name: 'Total', value: formatWithEpsilon(time.totalMs, time.epsilonMs)};
    },
    (_, {state}) => (state === 'never' ? {name: 'Executed', value: 'never'} : undefined),
    (_, {execution}) => execution && {name: 'Loops', value: loopsText(execution)},
    (_, {cost}) => ({name: 'Cost', value: `${formatCost(cost.self)} self, ${formatCost(cost.total)} total`}),
  ],
  Rows: [
    (_, {execution}) => execution && {name: 'Rows', value: formatRows(execution.rows)},
    (_, {execution, plannedRows}) =>
      execution === undefined ? {name: 'Expected', value: formatRows(plannedRows)} : undefined,
    (_, {execution}) => {
      const estimate = execution?.estimate;
      if (estimate === undefined) return undefined;
      const value = `${formatRows(estimate.actual)}, expected ${formatRows(estimate.planned)}`;
      return {name: 'Each loop', value};
    },
    (_, {execution}) => {
      const estimate = execution?.estimate;
      if (estimate === undefined) return undefined;
      return {name: 'Estimate', value: formatFactor(estimate), marked: estimate.factor >= badEstimate};
    },
    width,
    removed('Rows Removed by Filter', 'Removed by filter'),
    removed('Rows Removed by Join Filter', 'Removed by join filter'),
    removed('Rows Removed by Index Recheck', 'Removed by recheck'),
    removed('Rows Removed by Conflict Filter', 'Removed by conflict filter'),
    count('Heap Fetches', 'Heap fetches', true),
    count('Index Searches', 'Index searches'),
    count('Subplans Removed', 'Subplans removed'),
    count('Exact Heap Blocks', 'Exact heap blocks'),
    count('Lossy Heap Blocks', 'Lossy heap blocks', true),
    count('Tuples Inserted', 'Rows inserted'),
    count('Conflicting Tuples', 'Conflicting rows'),
  ],
  Conditions: [
    'Index Cond',
    'Recheck Cond',
    'Filter',
    'Hash Cond',
    'Merge Cond',
    'Join Filter',
    'TID Cond',
    'Order By',
    'One-Time Filter',
    'Run Condition',
    'Sort Key',
    'Presorted Key',
    'Group Key',
    'Cache Key',
    'Function Call',
    'Conflict Filter',
  ].map(code),
  'Memory and disk': [
    sort,
    storage,
    (node, {execution}) => hashTable(node, execution !== undefined),
    kilobytes('Peak Memory Usage', 'Peak memory'),
    kilobytes('Disk Usage', 'On disk', true),
    kilobytes('Maximum Storage', 'Storage at most'),
    count('HashAgg Batches', 'Batches'),
    count('Planned Partitions', 'Planned partitions'),
  ],
  Memoize: [
    count('Cache Hits', 'Hits'),
    count('Cache Misses', 'Misses'),
    node => {
      const [hits = 0, misses = 0] = [numberField(node, 'Cache Hits'), numberField(node, 'Cache Misses')];
      return hits + misses === 0
        ? undefined
        : {name: 'Hit share', value: formatShare(hits / (hits + misses))};
    },
    count('Cache Evictions', 'Evictions', true),
    count('Cache Overflows', 'Overflows', true),
  ],
  Workers: [
    node => {
      const planned = numberField(node, 'Workers Planned');
      if (planned === undefined) return undefined;
      const launched = numberField(node, 'Workers Launched');
      const value = launched === undefined ? `${planned} planned` : `${launched} of ${planned} launched`;
      return {name: 'Workers', value, marked: launched !== undefined && launched < planned};
    },
  ],
};

function loopsText({loops, processes}: {readonly loops: number; readonly processes: number}): string {
  return processes === 1 ? formatRows(loops) : `${formatRows(loops)} in ${formatRows(processes)} processes`;
}

function width(node: PlanNode): Fact | undefined {
  const bytes = numberField(node, 'Plan Width');
  return bytes === undefined ? undefined : {name: 'Width', value: `${formatBytes(bytes)} expected`};
}

/** EXPLAIN prints these as an average of the loops. */
function removed(field: string, name: string): Read {
  return (node, {execution}) => {
    const rows = numberField(node, field);
    if (rows === undefined || execution === undefined) return undefined;
    const all = rows * execution.loops;
    const kept = execution.rows + all === 0 ? 0 : all / (execution.rows + all);
    const average =
      execution.loops > 1 ? `about ${formatRows(all)}, ${formatRows(rows)} in each loop` : formatRows(rows);
    const share = field === 'Rows Removed by Filter' ? ` (${formatShare(kept)} of what was read)` : '';
    return {name, value: `${average}${share}`};
  };
}

function count(field: string, name: string, marked = false): Read {
  return node => {
    const value = numberField(node, field);
    return value === undefined ? undefined : {name, value: formatRows(value), marked: marked && value > 0};
  };
}

function kilobytes(field: string, name: string, marked = false): Read {
  return node => {
    const value = numberField(node, field);
    return value === undefined
      ? undefined
      : {name, value: formatBytes(value * 1024), marked: marked && value > 0};
  };
}

function code(field: string): Read {
  return node => {
    const texts = textsField(node, field);
    return texts.length === 0 ? undefined : {name: field, value: texts.join(', '), code: true};
  };
}

function sort(node: PlanNode): Fact | undefined {
  const method = textField(node, 'Sort Method');
  if (method === undefined) return undefined;
  const disk = textField(node, 'Sort Space Type') === 'Disk';
  const used = numberField(node, 'Sort Space Used');
  const space = used === undefined ? '' : `, ${formatBytes(used * 1024)} ${disk ? 'on disk' : 'of memory'}`;
  return {name: 'Sort', value: `${method}${space}`, marked: disk};
}

function storage(node: PlanNode): Fact | undefined {
  const kind = textField(node, 'Storage');
  return kind === undefined ? undefined : {name: 'Storage', value: kind, marked: kind === 'Disk'};
}

function hashTable(node: PlanNode, executed: boolean): Fact | undefined {
  const batches = numberField(node, 'Hash Batches');
  if (batches === undefined || !executed) return undefined;
  const planned = numberField(node, 'Original Hash Batches') ?? batches;
  const grew = planned === batches ? '' : `, ${formatRows(planned)} planned`;
  const buckets = numberField(node, 'Hash Buckets') ?? 0;
  const value = `${formatRows(buckets)} buckets in ${batches === 1 ? '1 batch' : `${formatRows(batches)} batches`}`;
  return {name: 'Hash table', value: `${value}${grew}`, marked: batches > 1};
}

/** @returns the workers of a node as EXPLAIN lists them. */
export function workersOf(node: PlanNode): readonly Readonly<Record<string, FieldValue>>[] {
  const workers = node.fields['Workers'];
  return isList(workers) ? workers.filter(isRecord) : [];
}

function isList(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value);
}

function isRecord(value: FieldValue): value is {readonly [name: string]: FieldValue} {
  return typeof value === 'object' && value !== null && !isList(value);
}
