import {severities} from '../../src/core/schema/comparison.ts';
import type {ComparedPhase} from '../../src/protocol/schema-panel.ts';
import {dropdown, setText, textField} from '../ui/controls.ts';
import {counted} from '../ui/counted.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {everything, type SeverityName} from './model.ts';
import type {Panel} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import type {Store} from './store.ts';
import * as words from './words.ts';
import {writeMenu} from './write-menu.ts';

const {labels} = words;

/** What is shown of the differences, and what is done with them. */
export function filterBar(panel: Panel, phase: ComparedPhase, store: Store): HTMLElement {
  const count = element('span', {class: 'count', role: 'status'});
  const kinds = element('span', {class: 'kinds'});
  const write = element('span', {class: 'write'});
  const fold = element('span', {class: 'folding'}, foldButton(store));
  let known = '';
  const showKinds = (): void => {
    const all = [...new Set(store.now.objects.flatMap(({differences}) => differences.map(({kind}) => kind)))];
    const next = all.toSorted().join();
    if (next === known) return;
    known = next;
    fill(kinds, all.length > 1 && kindChoice(store, all.toSorted()));
  };
  let writing = '';
  const show = (): void => {
    const {shown, objects, chosen} = store.now;
    const total = (all: readonly {readonly differences: readonly unknown[]}[]): number =>
      all.reduce((sum, {differences}) => sum + differences.length, 0);
    count.textContent = words.shownOf(total(shown), total(objects));
    showKinds();
    const label = words.writeLabel(chosen.size, total(shown), total(objects));
    if (label === writing) return;
    writing = label;
    fill(write, writeMenu(panel, phase, store, label));
  };
  store.onChange(show);
  show();
  return element(
    'div',
    {class: 'filter-bar'},
    element(
      'span',
      {class: 'severities', role: 'group', 'aria-label': labels.severities},
      ...chips(phase, store),
    ),
    kinds,
    search(store),
    count,
    fold,
    element('span', {class: 'gap'}),
    write,
  );
}

function chips({counts}: ComparedPhase, store: Store): HTMLElement[] {
  return severities
    .filter(severity => counts[severity] > 0)
    .map(severity => {
      const click = (): void => {
        const {filter} = store.now;
        const kept = new Set<SeverityName>(filter.severities);
        if (!kept.delete(severity)) kept.add(severity);
        // Nothing at all is never what somebody wants to see.
        const next = severities.some(one => kept.has(one) && counts[one] > 0) ? kept : everything.severities;
        store.set({filter: {...filter, severities: next}});
      };
      const chip = element(
        'button',
        {type: 'button', class: `tool chip severity-${severity}`, 'aria-pressed': 'true', on: {click}},
        icon(severityIcons[severity]),
        element('span', {}, counted(counts[severity], words.severityNames[severity])),
      );
      store.onChange(({filter}) =>
        chip.setAttribute('aria-pressed', String(filter.severities.has(severity))),
      );
      return chip;
    });
}

function kindChoice(store: Store, kinds: readonly string[]): HTMLElement {
  return dropdown({
    label: labels.kinds,
    choices: [['', labels.allKinds], ...kinds.map(kind => [kind, kind] as const)],
    value: '',
    onChange: kind => store.set({filter: {...store.now.filter, kind}}),
  });
}

function search(store: Store): HTMLElement {
  const look = (text: string): void =>
    store.set({filter: {...store.now.filter, text: text.trim().toLowerCase()}});
  const field = textField({
    label: labels.filter,
    description: labels.filterHint,
    placeholder: labels.filter,
    onInput: look,
    onEnter: look,
  });
  field.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    setText(field, '');
    look('');
  });
  return element('span', {class: 'search', role: 'search'}, field);
}

function foldButton(store: Store): HTMLElement {
  const click = (): void => {
    const {folded, objects} = store.now;
    store.set({folded: folded.size > 0 ? new Set() : new Set(objects.map(({key}) => key))});
  };
  const button = element('button', {type: 'button', class: 'tool', on: {click}}, labels.collapseAll);
  store.onChange(({folded}) => {
    button.textContent = folded.size > 0 ? labels.expandAll : labels.collapseAll;
  });
  return button;
}
