import {element, fill} from '../ui/element.ts';
import {legend} from './colour.ts';
import {flameView} from './flame-view.ts';
import {graphView} from './graph-view.ts';
import type {LineSearch, MakeView, PlanModel, PlanView, ViewActions} from './model.ts';
import type {Panel} from './panel.ts';
import {rawView} from './raw-view.ts';
import type {Store} from './store.ts';
import {summaryView} from './summary-view.ts';
import {tableView} from './table-view.ts';
import type {ViewName} from './words.ts';

export interface StageOptions {
  readonly panel: Panel;
  readonly model: PlanModel;
  readonly store: Store;
  readonly actions: ViewActions;
  /** The view that was chosen before. */
  readonly first: string | undefined;
  readonly remember: (view: ViewName) => void;
}

/** Where one view at a time is shown. */
export interface Stage {
  readonly root: HTMLElement;
  readonly view: ViewName;
  /** Of the view that is shown. */
  readonly lines: LineSearch | undefined;
  /** Draws the first view; the stage has to be in the document, or nothing could be measured. */
  start(): void;
  choose(name: ViewName, focus?: boolean): void;
  /** Tells of every view that is drawn. */
  onChange(listener: (name: ViewName) => void): void;
  /** The same plan, with other findings. */
  judged(model: PlanModel): void;
  focus(): void;
  dispose(): void;
}

export function viewStage({panel, model: first, store, actions, first: kept, remember}: StageOptions): Stage {
  const makers: Readonly<Record<ViewName, MakeView>> = {
    graph: graphView,
    flame: flameView,
    table: tableView,
    raw: rawView(panel, () => tell()),
    summary: summaryView,
  };
  const slot = element('div', {id: 'view', class: 'view', role: 'tabpanel'});
  const key = element('div', {class: 'key'});
  const root = element('section', {class: 'stage'}, slot, key);
  const listeners: ((name: ViewName) => void)[] = [];
  let model = first;
  let name: ViewName = isView(kept, makers) ? kept : 'graph';
  let view: PlanView | undefined;
  const draw = (): void => {
    view?.dispose();
    root.dataset['view'] = name;
    slot.setAttribute('aria-labelledby', `tab-${name}`);
    view = makers[name](model, store.viewing, actions);
    fill(slot, view.root);
    // What depends on its size can be drawn only now.
    view.update(store.viewing);
    drawKey();
    tell();
  };
  const tell = (): void => {
    for (const listener of listeners) listener(name);
  };
  const drawKey = (): void => fill(key, coloured.has(name) && legend(store.viewing.colourBy, model));
  store.listen((viewing, before) => {
    view?.update(viewing);
    if (viewing.colourBy !== before.colourBy) drawKey();
  });
  return {
    root,
    start: draw,
    get view() {
      return name;
    },
    get lines() {
      return view?.lines;
    },
    choose(next, focus = false) {
      name = next;
      draw();
      remember(next);
      if (focus) view?.focus();
    },
    onChange: listener => void listeners.push(listener),
    judged(next) {
      const same = markedNodes(model) === markedNodes(next);
      model = next;
      if (!same && view !== undefined) draw();
    },
    focus: () => view?.focus(),
    dispose: () => view?.dispose(),
  };
}

/** Views whose nodes have the colours that the legend explains. */
const coloured = new Set<ViewName>(['graph', 'flame', 'table']);

function isView(name: string | undefined, makers: object): name is ViewName {
  return name !== undefined && name in makers;
}

function markedNodes({findings}: PlanModel): string {
  return findings.map(({nodes}) => nodes[0] ?? '').join();
}
