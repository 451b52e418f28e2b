import {formatRows} from '../../src/core/explain/words.ts';
import {element} from '../ui/element.ts';
import {shadeClass, type Shade} from './colour.ts';
import {formatShare} from './colour-values.ts';
import type {Bar} from './flame-layout.ts';
import type {FlamePlan} from './flame-plan.ts';
import {spokenName, subjectOf, titleParts} from './graph-words.ts';

/** px of one level, and of a bar from which on it says its name, and its numbers. */
export const barHeight = 27;
const named = 34;
const numbered = 190;

/** @param width px */
export function barElement(plan: FlamePlan, bar: Bar, width: number, collapsed: boolean): HTMLElement {
  const shade = plan.shadeOf(bar);
  const spoken = spokenBar(plan, bar, shade);
  const node = plan.nodes[bar.id];
  const folds = bar.merged.length === 0 && (node?.children.length ?? 0) > 0;
  return element(
    'div',
    {
      class: `bar ${shadeClass(shade)}${bar.merged.length > 0 ? ' bar-merged' : ''}`,
      role: 'treeitem',
      tabindex: -1,
      title: spoken,
      'data-id': bar.id,
      'aria-label': spoken,
      'aria-level': bar.level + 1,
      'aria-posinset': bar.place,
      'aria-setsize': bar.siblings,
      'aria-expanded': folds ? String(!collapsed) : undefined,
    },
    width >= named && element('span', {class: 'bar-name'}, barName(plan, bar, collapsed)),
    width >= numbered && element('span', {class: 'bar-value'}, barValue(plan, bar, shade)),
  );
}

/** @returns `Sort by total DESC`, `Seq Scan on orders`, or `× 37` of merged ones */
export function barName({nodes}: FlamePlan, bar: Bar, collapsed: boolean): string {
  const node = nodes[bar.id];
  if (bar.merged.length > 0) return `× ${formatRows(bar.merged.length)}`;
  if (node === undefined) return '';
  const subject = subjectOf(node);
  return `${collapsed ? '▸ ' : ''}${titleParts(node).step}${subject === '' ? '' : ` ${subject}`}`;
}

/** @returns what the width stands for, and what the colour does */
export function barValue(plan: FlamePlan, bar: Bar, {text}: Shade): string {
  const total = plan.weightWords(bar);
  if (bar.merged.length > 0 || text === '') return total;
  return `${total} · ${plan.colourBy === 'self-time' ? `self ${text}` : text}`;
}

function spokenBar(plan: FlamePlan, bar: Bar, shade: Shade): string {
  const total = `${plan.weightWords(bar)} with all below, ${formatShare(plan.shareOf(bar))}`;
  const node = plan.nodes[bar.id];
  if (bar.merged.length > 0)
    return `${formatRows(bar.merged.length)} nodes too narrow to tell apart, ${total}`;
  if (node === undefined) return total;
  return `${spokenName(node, plan.numbersOf(node), shade, plan.findingsAt(node.id))}, ${total}`;
}
