import {shapeOf} from '../../src/core/explain/compare.ts';
import type {Alert, OriginView} from '../../src/protocol/explain-panel.ts';
import {element, fill} from '../ui/element.ts';
import {alertBox} from './alert.ts';
import {firstColour, firstSelected} from './beginning.ts';
import {compareWith} from './compare-picker.ts';
import {comparisonView, type Comparison} from './comparison-view.ts';
import {details} from './details.ts';
import {checkAgainstCatalog} from './facts.ts';
import {listenToKeys} from './keys.ts';
import type {PlanModel} from './model.ts';
import {search} from './search.ts';
import type {Panel, Part} from './panel.ts';
import {splitter} from './splitter.ts';
import {makeStore, uncovered} from './store.ts';
import {toolbar} from './toolbar.ts';
import {viewStage} from './view-stage.ts';
import {askWhatIf} from './what-if.ts';

export interface Workspace {
  readonly origin: OriginView;
  /** Of the kept plan. */
  readonly id: string;
  readonly model: PlanModel;
  /** A text may hold several plans, of which one is shown. */
  readonly plans: {readonly count: number; readonly index: number; choose(index: number): void};
  /** Called when the first view is drawn, before it is painted. */
  readonly drawn: () => void;
}

/** A plan that is there: its views, its findings, and everything to do with it. */
export function workspace(panel: Panel, {origin, id, model: first, plans, drawn}: Workspace): Part {
  let model = first;
  const {nodes} = first.attribution.plan;
  const kept = panel.choices.get();
  const store = makeStore({
    selected: firstSelected(first, kept.selected),
    colourBy: firstColour(first, kept.colourBy),
    collapsed: new Set(),
  });
  const select = (node: number): void => {
    store.set({selected: node, collapsed: uncovered(nodes, node, store.viewing.collapsed)});
    side.highlight();
  };
  const side = details(panel, {origin, id, model, store, select, tryIndex: definition => whatIf(definition)});
  const stage = viewStage({
    model,
    store,
    first: kept.view,
    actions: {
      select: node => {
        store.set({selected: node});
        side.highlight();
      },
      toggle: node => store.set({collapsed: toggled(store.viewing.collapsed, node)}),
      open: () => {
        side.open();
        side.highlight();
      },
    },
    remember: view => panel.choices.set({view}),
    panel,
  });
  // Its place in the statement may have scrolled away since it was selected.
  const again = ({target}: Event): void => {
    if (target instanceof Element && target.closest('[aria-selected=true]') !== null) side.highlight();
  };
  stage.root.addEventListener('click', again);
  stage.root.addEventListener('keydown', event => event.key === 'Enter' && again(event), {capture: true});
  const found = search(nodes, store, select, stage);
  const comparison = element('div', {class: 'comparison-slot', hidden: true});
  const banner = element('div', {class: 'banner'});
  const workArea = element('div', {class: 'work'}, stage.root, splitter(panel, side.root), side.root);
  const showComparison = (shown: Comparison): void => {
    const back = (): void => {
      view.dispose?.();
      comparison.hidden = true;
      comparison.replaceChildren();
      workArea.hidden = false;
      bar.root.hidden = false;
      stage.focus();
    };
    const view = comparisonView(panel, shown, back);
    workArea.hidden = true;
    bar.root.hidden = true;
    comparison.hidden = false;
    fill(comparison, view.root);
    view.focus?.();
  };
  const whatIf = (definition?: string): void =>
    askWhatIf(panel, {model, selected: store.viewing.selected, definition, show: showComparison});
  const compare = (other?: string): void =>
    compareWith(panel, {id, origin, model, other, show: showComparison});
  const bar = toolbar({panel, origin, model, store, stage, search: found, plans, compare, whatIf});
  const stopKeys = listenToKeys({stage, search: found, busy: () => !comparison.hidden});
  store.listen((viewing, before) => {
    if (viewing.selected !== before.selected) panel.choices.set({selected: viewing.selected});
    if (viewing.colourBy !== before.colourBy) panel.choices.set({colourBy: viewing.colourBy});
  });
  const showAlert = (alert: Alert): void =>
    fill(
      banner,
      alertBox(alert, () => compare(alert.compareWith)),
    );
  const start = (): void => {
    if (stopped) return;
    stage.start();
    drawn();
  };
  let stopped = false;
  // A banner that comes a moment later would push away what the view has centred.
  void Promise.race([keep(panel, id, model, showAlert), delay(patience)]).then(start);
  void checkAgainstCatalog(panel, model).then(({model: next, checked}) => {
    model = next;
    side.judged(next, checked);
    stage.judged(next);
  });
  return {
    root: element('div', {class: 'workspace'}, banner, bar.root, workArea, comparison),
    dispose: () => {
      stopped = true;
      stopKeys();
      stage.dispose();
      side.dispose();
    },
  };
}

/** ms for which the first view waits to hear whether the run was slower than usual. */
const patience = 120;

function delay(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

function toggled(collapsed: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(collapsed);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Hands the plan's figures to the host, which keeps an opened plan now that it is one, and knows what is usual. */
async function keep(
  {client}: Panel,
  id: string,
  {attribution}: PlanModel,
  show: (alert: Alert) => void,
): Promise<void> {
  const {plan, executionMs, planningMs, numbers} = attribution;
  const answer = await client.request('keep', {
    id,
    executionMs: executionMs ?? null,
    planningMs: planningMs ?? null,
    cost: numbers[0]?.cost.total ?? 0,
    nodes: plan.nodes.length,
    shape: shapeOf(plan),
  });
  if (answer.kind === 'result' && answer.value.alert !== null) show(answer.value.alert);
}
