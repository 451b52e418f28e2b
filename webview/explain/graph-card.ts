import {element, type Child} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {formatRows} from '../../src/core/explain/words.ts';
import {shadeClass, type Shade} from './colour.ts';
import {formatShare} from './colour-values.ts';
import type {GraphPlan} from './graph-plan.ts';
import type {GraphItem} from './graph-tree.ts';
import {badgesOf, rowWords, spokenName, subjectOf, titleParts, type Badge} from './graph-words.ts';

/** From near to far: all, the title and one number, or a place for the focus while a canvas draws the rest. */
export type Detail = 'full' | 'brief' | 'far';

const badgeIcons: Readonly<Record<Badge['kind'], IconName | undefined>> = {
  finding: 'warning',
  estimate: undefined,
  spill: 'down',
  never: undefined,
  workers: undefined,
};

/** @returns the card of an item; where it stands and what state it is in is not its own matter */
export function cardOf(plan: GraphPlan, item: GraphItem, detail: Detail): HTMLElement {
  const shade = plan.shadeOf(item);
  const made = element(
    'div',
    {
      class: `card card-${item.kind} card-${detail} ${shadeClass(shade)}`,
      role: 'treeitem',
      tabindex: -1,
      'data-key': item.key,
      'data-level': shade.level,
      'aria-label': spoken(plan, item, shade),
      'aria-level': item.depth + 1,
      'aria-posinset': item.place,
      'aria-setsize': item.siblings,
      'aria-expanded': item.folds ? String(item.hidden === undefined) : undefined,
    },
    ...(detail === 'far' ? [] : contents(plan, item, shade, detail)),
    detail !== 'far' && item.folds && item.kind === 'node' && chip(plan, item),
  );
  if (shade.text !== '') made.style.setProperty('--fill', String(shade.fill));
  return made;
}

function contents(plan: GraphPlan, item: GraphItem, shade: Shade, detail: Detail): readonly Child[] {
  if (item.kind === 'stack') return stack(plan, item);
  return detail === 'full' ? full(plan, item, shade) : brief(item, shade);
}

function full(plan: GraphPlan, {node}: GraphItem, shade: Shade): readonly Child[] {
  const numbers = plan.numbersOf(node);
  const {step} = titleParts(node);
  const subject = subjectOf(node);
  const badges = badgesOf(node, numbers, plan.findingsAt(node.id));
  return [
    element(
      'span',
      {class: 'card-head'},
      element('strong', {title: step}, step),
      shade.share !== undefined && element('span', {class: 'card-share'}, formatShare(shade.share)),
    ),
    element('span', {class: 'card-object', title: subject}, subject),
    element('span', {class: 'card-bar'}),
    element(
      'span',
      {class: 'card-foot'},
      element('span', {class: 'card-value'}, shade.text === '' ? '–' : shade.text),
      plan.colourBy !== 'rows' && element('span', {class: 'card-rows'}, rowWords(numbers)),
    ),
    badges.length > 0 && element('span', {class: 'card-badges'}, ...badges.map(badge => badgeOf(badge))),
  ];
}

function brief({node}: GraphItem, {text, share}: Shade): readonly Child[] {
  return [
    element('strong', {}, titleParts(node).step),
    element('span', {class: 'card-value'}, share === undefined ? text : formatShare(share)),
  ];
}

function badgeOf({kind, text, label, tone}: Badge): HTMLElement {
  const name = badgeIcons[kind];
  return element(
    'span',
    {class: `badge badge-${kind} badge-${tone}`, title: label},
    name !== undefined && icon(name),
    kind === 'workers' ? `${text} workers` : text,
  );
}

function stack(plan: GraphPlan, item: GraphItem): readonly Child[] {
  const count = formatRows(item.stacked.length);
  return [
    element('strong', {}, item.hidden === undefined ? `Stack ${count} again` : `× ${count} more`),
    element('span', {class: 'card-object'}, plan.stackKind(item)),
    element('span', {class: 'card-value'}, plan.hiddenWords(item)),
  ];
}

function chip(plan: GraphPlan, item: GraphItem): HTMLElement {
  const open = item.hidden === undefined;
  const words =
    item.hidden === undefined ? '−' : `+ ${formatRows(item.hidden.nodes)} · ${plan.hiddenWords(item)}`;
  return element(
    'span',
    {class: `card-chip ${open ? 'chip-open' : 'chip-closed'}`, 'aria-hidden': 'true', title: chipTip(item)},
    words,
  );
}

function chipTip({hidden}: GraphItem): string {
  if (hidden === undefined) return 'Hide what is below';
  return hidden.nodes === 1 ? 'Show 1 node below' : `Show ${formatRows(hidden.nodes)} nodes below`;
}

function spoken(plan: GraphPlan, item: GraphItem, shade: Shade): string {
  const {node, hidden, kind} = item;
  if (kind === 'stack') {
    const words = `${formatRows(item.stacked.length)} more inputs`;
    return hidden === undefined ? `Stack ${words} again` : `${words}, ${plan.hiddenWords(item)}`;
  }
  const name = spokenName(node, plan.numbersOf(node), shade, plan.findingsAt(node.id));
  if (hidden === undefined) return name;
  const nodes = hidden.nodes === 1 ? '1 node' : `${formatRows(hidden.nodes)} nodes`;
  return `${name}, ${nodes} hidden, ${plan.hiddenWords(item)}`;
}
