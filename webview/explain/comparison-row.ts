import type {Attribution} from '../../src/core/explain/attribution.ts';
import type {NodeChange} from '../../src/core/explain/compare-changes.ts';
import type {ComparedNode, ComparedSide} from '../../src/core/explain/compare-lines.ts';
import {formatBlocks, formatMs, formatRows, nodeTitle} from '../../src/core/explain/words.ts';
import {element} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {formatCost} from './colour-values.ts';

export interface ComparedPlans {
  readonly before: Attribution;
  readonly after: Attribution;
}

interface ComparedColumn {
  readonly title: string;
  /** Not every plan has times and buffers. */
  readonly value: (side: ComparedSide) => number | null;
  readonly format: (value: number) => string;
}

const timed: readonly ComparedColumn[] = [
  {title: 'Self', value: ({selfMs}) => selfMs, format: formatMs},
  {title: 'Total', value: ({totalMs}) => totalMs, format: formatMs},
  {title: 'Rows', value: ({rows}) => rows, format: formatRows},
  {
    title: 'Buffers',
    value: ({selfBlocks}) => selfBlocks,
    format: blocks => (blocks === 0 ? '0' : formatBlocks(blocks)),
  },
];

const planned: readonly ComparedColumn[] = [
  {title: 'Cost', value: ({selfCost}) => selfCost, format: formatCost},
  {title: 'Total cost', value: ({totalCost}) => totalCost, format: formatCost},
  {title: 'Rows expected', value: ({plannedRows}) => plannedRows, format: formatRows},
];

/** Times are compared only with times: an estimate beside a measurement would say nothing. */
function columnsOf({before, after}: ComparedPlans): readonly ComparedColumn[] {
  return before.plan.analyzed && after.plan.analyzed ? timed : planned;
}

export function comparisonHead(plans: ComparedPlans): HTMLElement {
  const heads = ['Node', ...columnsOf(plans).map(({title}) => title), 'What is different'];
  return element(
    'div',
    {class: 'grid-head-group', role: 'rowgroup'},
    element(
      'div',
      {class: 'grid-head', role: 'row', 'aria-rowindex': 1},
      ...heads.map((text, index) =>
        element('div', {class: `cell ${classAt(index, heads.length)}`, role: 'columnheader'}, text),
      ),
    ),
  );
}

function classAt(index: number, count: number): string {
  if (index === 0) return 'cell-node';
  return index === count - 1 ? 'cell-changes' : 'cell-pair';
}

const statuses: Readonly<Record<ComparedNode['status'], {readonly sign: IconName; readonly text: string}>> = {
  same: {sign: 'dash', text: 'same'},
  changed: {sign: 'compare', text: 'changed'},
  removed: {sign: 'cross', text: 'only before'},
  added: {sign: 'plus', text: 'only after'},
};

export function comparisonRow(
  plans: ComparedPlans,
  line: ComparedNode | undefined,
  index: number,
): HTMLElement {
  if (line === undefined) return element('div', {class: 'row', role: 'row'});
  const before = line.status === 'added' ? undefined : line.before;
  const after = line.status === 'removed' ? undefined : line.after;
  const {sign, text} = statuses[line.status];
  const name = element(
    'div',
    {class: 'cell cell-node', role: 'cell'},
    element('span', {class: 'status'}, icon(sign, text)),
    element('span', {class: 'indent'}),
    element('span', {class: 'step'}, titleAt(plans, before, after)),
  );
  name.style.setProperty('--depth', String(Math.min(line.depth, 30)));
  return element(
    'div',
    {class: `row row-${line.status}`, role: 'row', 'aria-rowindex': index + 2},
    name,
    ...columnsOf(plans).map(column => pair(column, before, after)),
    changesCell(line.status === 'changed' ? line.changes : [], text),
  );
}

function titleAt(
  {before, after}: ComparedPlans,
  old: ComparedSide | undefined,
  now: ComparedSide | undefined,
): string {
  const node = now ? after.plan.nodes[now.id] : old && before.plan.nodes[old.id];
  return node ? nodeTitle(node) : '';
}

function pair({value, format}: ComparedColumn, before?: ComparedSide, after?: ComparedSide): HTMLElement {
  const texts = [before, after].map(side => {
    const number = side === undefined ? null : value(side);
    return number === null ? '–' : format(number);
  });
  const [old = '–', now = '–'] = texts;
  const root = element('div', {class: 'cell cell-pair', role: 'cell'});
  if (old === now || after === undefined) root.append(element('span', {class: 'pair-same'}, old));
  else if (before === undefined) root.append(element('span', {class: 'pair-after'}, now));
  else {
    root.append(
      element('span', {class: 'pair-before'}, old),
      icon('arrow', 'to'),
      element('span', {class: 'pair-after'}, now),
    );
  }
  return root;
}

function changesCell(changes: readonly NodeChange[], status: string): HTMLElement {
  const texts = changes.flatMap(change => textOf(change) ?? []);
  const text = texts.length === 0 && status !== 'same' && status !== 'changed' ? status : texts.join(' · ');
  return element('div', {class: 'cell cell-changes', role: 'cell', title: text}, text);
}

/** Numbers have their own columns. */
function textOf(change: NodeChange): string | undefined {
  switch (change.kind) {
    case 'type':
    case 'index':
      return `${change.before ?? 'no index'} → ${change.after ?? 'no index'}`;
    case 'join-order':
      return `joins ${change.before} → ${change.after}`;
    case 'condition':
      if (change.before === null) return `new ${change.name}: ${change.after ?? ''}`;
      if (change.after === null) return `no ${change.name} any more`;
      return `another ${change.name}: ${change.after}`;
    case 'rows':
    case 'time':
    case 'cost':
    case 'buffers':
      return undefined;
    default:
      return change satisfies never;
  }
}
