import {formatBlocks, formatMs, formatRows} from '../../src/core/explain/words.ts';
import {formatCost, ownValue, rowsOf} from './colour-values.ts';
import type {ColourBy, PlanModel} from './model.ts';

/** What nodes are weighed by, so that parts of a plan can be compared. */
export interface Weights {
  readonly by: 'time' | 'rows' | 'buffers' | 'cost' | 'nodes';
  /** Of the node alone, never below 0. */
  readonly own: Float64Array;
  /** Σ own over the node and everything below it, by node id. */
  readonly sum: Float64Array;
  /** Nodes of the subtree, the node itself included. */
  readonly size: Uint32Array;
  readonly format: (value: number) => string;
}

const formats: Readonly<Record<Weights['by'], (value: number) => string>> = {
  time: formatMs,
  buffers: formatBlocks,
  rows: rows => `${formatRows(rows)} rows`,
  cost: cost => `cost ${formatCost(cost)}`,
  nodes: nodes => `${formatRows(nodes)} nodes`,
};

/**
 * Weighs by self time where the plan has it. Self times sum up to the plan's whole time even where work was moved to
 * the node that really did it, which inclusive times do not. Without times the colour decides, and cost for the rest;
 * a plan without any number weighs each node alike.
 */
export function weightsOf({attribution}: PlanModel, colourBy: ColourBy): Weights {
  const {numbers, plan} = attribution;
  const timed = numbers.some(({execution}) => execution?.time !== undefined);
  const preferred = timed ? 'time' : (withoutTime[colourBy] ?? 'cost');
  for (const by of [preferred, 'cost', 'nodes'] as const) {
    const own = Float64Array.from(numbers, node => Math.max(0, valueOf[by](node)));
    if (own.some(value => value > 0)) return {by, own, ...sums(own, plan.nodes), format: formats[by]};
  }
  return {by: 'nodes', own: new Float64Array(0), ...sums(new Float64Array(0), []), format: formats.nodes};
}

type NodeNumbers = PlanModel['attribution']['numbers'][number];

const withoutTime: Readonly<Partial<Record<ColourBy, 'rows' | 'buffers'>>> = {
  rows: 'rows',
  buffers: 'buffers',
};

const valueOf: Readonly<Record<Weights['by'], (node: NodeNumbers) => number>> = {
  time: node => ownValue(node, 'self-time') ?? 0,
  buffers: node => ownValue(node, 'buffers') ?? 0,
  cost: node => ownValue(node, 'cost') ?? 0,
  rows: rowsOf,
  nodes: () => 1,
};

function sums(
  own: Float64Array,
  nodes: PlanModel['attribution']['plan']['nodes'],
): Pick<Weights, 'sum' | 'size'> {
  const sum = Float64Array.from(own);
  const size = new Uint32Array(nodes.length).fill(1);
  // Ids are in pre-order, so backwards every node comes after all that is below it.
  for (const {id, parent} of nodes.toReversed()) {
    if (parent === undefined) continue;
    sum[parent] = (sum[parent] ?? 0) + (sum[id] ?? 0);
    size[parent] = (size[parent] ?? 0) + (size[id] ?? 0);
  }
  return {sum, size};
}
