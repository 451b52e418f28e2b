import type {ComparedPhase, SchemaObjectView, SchemaView} from '../../src/protocol/schema-panel.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {details} from './details.ts';
import {filterBar} from './filter-bar.ts';
import {loadPages} from './load.ts';
import type {Panel, Part} from './panel.ts';
import {createStore} from './store.ts';
import {tree} from './tree.ts';
import * as words from './words.ts';

const {labels} = words;

/** The differences, grouped by object, and below them what the chosen one is about. */
export function differencesView(panel: Panel, view: SchemaView, phase: ComparedPhase): Part {
  if (phase.objects === 0) return {root: equal(view, phase)};
  const store = createStore();
  const list = tree(store);
  const about = details(panel, view, phase, store);
  const bar = filterBar(panel, phase, store);
  const state = element('p', {class: 'list-state', role: 'status'});
  const root = element(
    'div',
    {class: 'differences'},
    bar,
    element('div', {class: 'work'}, element('div', {class: 'list'}, list.root, state), about),
  );
  let gone = false;
  const tell = (): void => {
    const {shown, complete} = store.now;
    const text = gone ? labels.gone : !complete && shown.length === 0 ? labels.loading : labels.noMatch;
    state.hidden = shown.length > 0 && !gone;
    if (state.textContent !== text) fill(state, text);
  };
  store.onChange(tell);
  tell();
  const stop = loadPages<SchemaObjectView>(
    offset => panel.client.request('objects', {id: phase.id, offset}),
    (objects, how) => {
      gone = how === 'gone';
      store.set({objects, complete: how !== 'more'});
    },
  );
  return {
    root,
    dispose: () => {
      stop();
      list.dispose();
    },
  };
}

function equal({target}: SchemaView, {compared}: ComparedPhase): HTMLElement {
  return element(
    'div',
    {class: 'equal'},
    icon('check-circle'),
    element('p', {class: 'equal-title'}, labels.equalTitle),
    element('p', {}, words.equalText(target.name, compared)),
  );
}
