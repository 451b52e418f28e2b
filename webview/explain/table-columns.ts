import type {NodeNumbers} from '../../src/core/explain/attribution.ts';
import {numberField} from '../../src/core/explain/fields.ts';
import {
  formatBlocks,
  formatFactor,
  formatMs,
  formatRows,
  formatWithEpsilon,
} from '../../src/core/explain/words.ts';
import {formatCost, formatShare, ownValue} from './colour-values.ts';
import type {PlanModel} from './model.ts';
import {shareOfTime} from './node-words.ts';

/** What a cell says. */
export interface CellValue {
  readonly text: string;
  /** How far its bar is filled, 0–1; without one there is no bar. */
  readonly bar?: number;
  /** Worth a look. */
  readonly marked?: boolean;
  /** Longer than the text, on hover. */
  readonly hint?: string;
}

/** A column of numbers. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** What the column sorts by, the largest first; undefined goes to the end. */
  readonly sortBy: (node: number) => number | undefined;
  readonly cell: (node: number) => CellValue;
}

const nothing: CellValue = {text: ''};

/** An estimate that is off by less is no news. */
const badEstimate = 10;

/** @returns the columns for which the plan has numbers, in their order. */
export function columnsOf({attribution}: PlanModel): readonly Column[] {
  const {plan, numbers} = attribution;
  const of = (id: number): NodeNumbers | undefined => numbers[id];
  const timed = numbers.some(({execution}) => execution?.time !== undefined);
  const buffered = numbers.some(node => ownValue(node, 'buffers') !== undefined);
  const all = {
    time: numbers[0]?.execution?.time?.totalMs ?? 0,
    blocks: numbers.reduce((sum, node) => sum + (ownValue(node, 'buffers') ?? 0), 0),
    cost: numbers[0]?.cost.total ?? 0,
  };
  const self: Column = {
    id: 'self',
    title: 'Self',
    hint: 'Time of the node without its children',
    sortBy: id => of(id)?.execution?.time?.selfMs,
    cell: id => {
      const numbers = of(id);
      const time = numbers?.execution?.time;
      if (numbers?.state === 'never') return {text: 'never'};
      if (time === undefined) return nothing;
      const share = shareOfTime(attribution, id) ?? 0;
      return {
        text: formatMs(time.selfMs),
        bar: share,
        hint: `${formatWithEpsilon(time.selfMs, time.selfEpsilonMs)}, ${formatShare(share)} of the time`,
      };
    },
  };
  const total: Column = {
    id: 'total',
    title: 'Total',
    hint: 'Time of the node with everything below it',
    sortBy: id => of(id)?.execution?.time?.totalMs,
    cell: id => timeCell(of(id)?.execution?.time?.totalMs, all.time),
  };
  const rows: Column = {
    id: 'rows',
    title: 'Rows',
    hint: 'Rows over all loops',
    sortBy: id => of(id)?.execution?.rows,
    cell: id => rowsCell(of(id)?.execution?.rows),
  };
  const planned: Column = {
    id: 'planned',
    title: 'Rows expected',
    hint: 'Rows that the planner expects of one loop',
    sortBy: id => of(id)?.plannedRows,
    cell: id => rowsCell(of(id)?.plannedRows),
  };
  const estimate: Column = {
    id: 'estimate',
    title: 'Estimate',
    hint: 'How far the planner was off in rows',
    sortBy: id => of(id)?.execution?.estimate?.factor,
    cell: id => {
      const estimate = of(id)?.execution?.estimate;
      if (estimate === undefined) return nothing;
      return {text: formatFactor(estimate), marked: estimate.factor >= badEstimate};
    },
  };
  const loops: Column = {
    id: 'loops',
    title: 'Loops',
    hint: 'How often the node ran, over all processes',
    sortBy: id => of(id)?.execution?.loops,
    cell: id => rowsCell(of(id)?.execution?.loops),
  };
  const width: Column = {
    id: 'width',
    title: 'Width',
    hint: 'Bytes of a row, as the planner expects',
    sortBy: id => widthOf(id),
    cell: id => ({text: `${widthOf(id) ?? ''}${widthOf(id) === undefined ? '' : ' B'}`}),
  };
  const widthOf = (id: number): number | undefined => {
    const node = plan.nodes[id];
    return node && numberField(node, 'Plan Width');
  };
  const buffers: Column = {
    id: 'buffers',
    title: 'Buffers',
    hint: 'Blocks that the node itself touched: shared, local and temporary',
    sortBy: id => blocksOf(of(id)),
    cell: id => {
      const blocks = blocksOf(of(id));
      if (blocks === undefined) return nothing;
      const text = blocks === 0 ? '0' : formatBlocks(blocks);
      return {text, bar: all.blocks === 0 ? 0 : blocks / all.blocks, hint: `${formatRows(blocks)} blocks`};
    },
  };
  const cost: Column = {
    id: 'cost',
    title: 'Cost',
    hint: 'The planner’s cost of the node itself, and with everything below it',
    sortBy: id => of(id)?.cost.self,
    cell: id => {
      const cost = of(id)?.cost;
      if (cost === undefined) return nothing;
      const bar = plan.analyzed || all.cost <= 0 ? {} : {bar: Math.max(0, cost.self) / all.cost};
      return {text: formatCost(cost.self), hint: `${formatCost(cost.total)} with what is below it`, ...bar};
    },
  };
  if (!plan.analyzed) return [cost, planned, width, ...(buffered ? [buffers] : [])];
  return [...(timed ? [self, total] : []), rows, estimate, loops, ...(buffered ? [buffers] : []), cost];
}

function blocksOf(numbers: NodeNumbers | undefined): number | undefined {
  return numbers && ownValue(numbers, 'buffers');
}

function timeCell(ms: number | undefined, all: number): CellValue {
  return ms === undefined ? nothing : {text: formatMs(ms), bar: all > 0 ? ms / all : 0};
}

function rowsCell(rows: number | undefined): CellValue {
  return rows === undefined ? nothing : {text: formatRows(rows)};
}
