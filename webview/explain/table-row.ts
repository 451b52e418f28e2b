import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {colourOf, shadeClass} from './colour.ts';
import {findingCounts, sideName, titleParts} from './graph-words.ts';
import type {PlanModel, Viewing} from './model.ts';
import {nodeSentence} from './node-words.ts';
import type {CellValue, Column} from './table-columns.ts';
import {findingCount} from './words.ts';

export interface RowOptions {
  readonly model: PlanModel;
  readonly columns: readonly Column[];
  readonly depths: readonly number[];
  readonly toggle: (id: number) => void;
}

/** Deeper nodes are indented no further, or the numbers would have no room. */
const deepestIndent = 30;

type MakeRow = (id: number, index: number, viewing: Viewing, tree: boolean) => HTMLElement;

export function rowMaker({model, columns, depths, toggle}: RowOptions): MakeRow {
  const {attribution} = model;
  const counts = findingCounts(model);
  let shades = {by: '', of: colourOf(model, 'self-time')};
  const shadeOf = (id: number, {colourBy}: Viewing): string => {
    if (shades.by !== colourBy) shades = {by: colourBy, of: colourOf(model, colourBy)};
    return shadeClass(shades.of(id));
  };
  return (id, index, viewing, tree) => {
    const node = attribution.plan.nodes[id];
    const depth = depths[id] ?? 0;
    const folded = viewing.collapsed.has(id);
    const hasChildren = tree && (node?.children.length ?? 0) > 0;
    const found = viewing.found?.has(id) === true;
    const state = attribution.numbers[id]?.state;
    const name = element(
      'div',
      {class: 'cell cell-node', role: 'gridcell'},
      element('span', {class: 'indent'}),
      twisty(hasChildren, folded, () => toggle(id)),
      element('span', {class: `swatch ${shadeOf(id, viewing)}`, 'aria-hidden': 'true'}),
      ...(node ? nameParts(node) : []),
      findingMark(counts.get(id) ?? 0),
    );
    const indent = tree ? Math.min(depth, deepestIndent) : 0;
    name.style.setProperty('--depth', String(indent));
    return element(
      'div',
      {
        id: `row-${id}`,
        class: `row${found ? ' found' : ''}${state === 'never' ? ' never' : ''}`,
        role: 'row',
        'data-node': id,
        'aria-rowindex': index + 2,
        'aria-level': tree ? depth + 1 : undefined,
        'aria-expanded': hasChildren ? String(!folded) : undefined,
        'aria-selected': String(viewing.selected === id),
        'aria-label': nodeSentence(attribution, id),
      },
      name,
      ...columns.map(column => cell(column, column.cell(id))),
    );
  };
}

function nameParts(node: PlanModel['attribution']['plan']['root']): HTMLElement[] {
  const {step, object} = titleParts(node);
  const side = sideName(node);
  return [
    ...(side === undefined ? [] : [element('span', {class: 'side'}, side)]),
    element('span', {class: 'step'}, step),
    element('span', {class: 'object', title: object}, object),
  ];
}

function twisty(shown: boolean, folded: boolean, toggle: () => void): HTMLElement {
  const click = (event: MouseEvent): void => {
    event.stopPropagation();
    if (shown) toggle();
  };
  const name = shown ? `twisty${folded ? ' folded' : ''}` : 'twisty';
  return element('span', {class: name, 'aria-hidden': 'true', on: {click}}, shown && icon('chevron'));
}

function findingMark(count: number): HTMLElement | undefined {
  if (count === 0) return undefined;
  return element(
    'span',
    {class: 'finding-mark', title: findingCount(count)},
    icon('warning', findingCount(count)),
  );
}

function cell({id}: Column, {text, bar, marked = false, hint}: CellValue): HTMLElement {
  const name = `cell cell-${id}${marked ? ' marked' : ''}`;
  const root = element('div', {class: name, role: 'gridcell', title: hint});
  if (bar !== undefined && bar > 0) {
    const fill = element('span', {class: 'cell-bar', 'aria-hidden': 'true'});
    fill.style.setProperty('inline-size', `${Math.min(1, bar) * 100}%`);
    root.append(fill);
  }
  root.append(element('span', {class: 'cell-text'}, text));
  return root;
}
