import type {FieldValue, PlanNode} from '../../src/core/explain/plan.ts';
import {nodeTitle} from '../../src/core/explain/words.ts';
import {setText, textField} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Store} from './store.ts';
import type {Stage} from './view-stage.ts';
import * as words from './words.ts';

const {labels} = words;

export interface Search {
  readonly root: HTMLElement;
  focus(): void;
}

/**
 * Finds nodes by everything that is written in them: name, tables, indexes, aliases, conditions. In a view of text it
 * finds lines.
 */
export function search(
  nodes: readonly PlanNode[],
  store: Store,
  select: (id: number) => void,
  stage: Pick<Stage, 'lines' | 'onChange'>,
): Search {
  const texts = nodes.map(() => '');
  let hits: readonly number[] = [];
  let wanted = '';
  const count = element('span', {class: 'search-count', role: 'status'});
  const show = (): void => {
    const {at, count: all} = stage.lines ?? {at: hits.indexOf(store.viewing.selected), count: hits.length};
    count.textContent = wanted === '' ? '' : words.matches(at, all);
    steps.hidden = wanted === '' || all === 0;
  };
  const showLines = (): void => {
    stage.lines?.find(wanted);
    show();
  };
  stage.onChange(showLines);
  const look = (query: string): void => {
    wanted = query.trim().toLowerCase();
    hits = wanted === '' ? [] : idsOf(nodes, texts, wanted);
    store.set({found: wanted === '' ? undefined : new Set(hits)});
    showLines();
  };
  const step = (by: 1 | -1): void => {
    if (stage.lines) {
      stage.lines.step(by);
      return show();
    }
    const next = nextOf(hits, store.viewing.selected, by);
    if (next === undefined) return;
    select(next);
    show();
  };
  const field = textField({
    label: labels.search,
    description: labels.searchHint,
    placeholder: labels.search,
    onInput: look,
    onEnter: (_, event) => step(event.shiftKey ? -1 : 1),
  });
  const steps = element(
    'span',
    {class: 'search-steps', hidden: true},
    stepButton(labels.previous, () => step(-1), true),
    stepButton(labels.next, () => step(1), false),
  );
  field.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    setText(field, '');
    look('');
  });
  return {
    root: element('div', {class: 'search', role: 'search'}, field, count, steps),
    focus: () => field.focus(),
  };
}

function stepButton(label: string, click: () => void, turned: boolean): HTMLElement {
  const className = turned ? 'tool turned' : 'tool';
  return element(
    'button',
    {type: 'button', class: className, 'aria-label': label, title: label, on: {click}},
    icon('chevron'),
  );
}

/** `texts` is filled as it is needed: the first search of a large plan pays, the others do not. */
function idsOf(nodes: readonly PlanNode[], texts: string[], wanted: string): readonly number[] {
  return nodes.flatMap(node => {
    const text = texts[node.id] || textOf(node);
    texts[node.id] = text;
    return text.includes(wanted) ? [node.id] : [];
  });
}

function textOf(node: PlanNode): string {
  const parts = [nodeTitle(node), node.subplanName ?? '', ...Object.values(node.fields).flatMap(stringsOf)];
  return parts.join('\n').toLowerCase();
}

function stringsOf(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}

/** In the plan's order from the selected node on, and around its end. */
function nextOf(hits: readonly number[], from: number, by: 1 | -1): number | undefined {
  const next = by === 1 ? hits.find(id => id > from) : hits.findLast(id => id < from);
  return next ?? (by === 1 ? hits[0] : hits.at(-1));
}
