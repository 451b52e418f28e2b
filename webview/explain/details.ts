import type {OriginView} from '../../src/protocol/explain-panel.ts';
import {element} from '../ui/element.ts';
import {tabs} from '../ui/tabs.ts';
import type {Checked} from './facts.ts';
import {findingsList} from './findings-list.ts';
import type {PlanModel} from './model.ts';
import {nodeDetails} from './node-details.ts';
import {nodeSource} from './node-source.ts';
import type {Panel} from './panel.ts';
import type {Store} from './store.ts';
import {labels} from './words.ts';

export interface DetailsOptions {
  readonly origin: OriginView;
  readonly id: string;
  readonly model: PlanModel;
  readonly store: Store;
  readonly select: (node: number) => void;
  readonly tryIndex: (definition: string) => void;
}

export interface Details {
  readonly root: HTMLElement;
  /** Shows the selected node, and puts the keyboard there. */
  open(): void;
  /** Marks the selected node in the statement: the user has pointed at it. */
  highlight(): void;
  judged(model: PlanModel, checked: Checked): void;
  dispose(): void;
}

type Tab = 'findings' | 'node';

/** Beside the views: what stands out in the plan, and everything about one node. */
export function details(panel: Panel, options: DetailsOptions): Details {
  const {model, store, select, origin, tryIndex} = options;
  const live = origin.mode !== 'opened' && origin.connection !== null;
  const findings = findingsList(panel, {model, store, live, select, tryIndex});
  const node = nodeDetails(panel, {attribution: model.attribution, live, origin});
  const body = element('div', {id: 'details', class: 'details-body', role: 'tabpanel', tabindex: 0});
  let chosen: Tab = 'findings';
  const choose = (tab: Tab): void => {
    chosen = tab;
    bar.choose(tab);
    body.setAttribute('aria-labelledby', `tab-${tab}`);
    body.replaceChildren(tab === 'findings' ? findings.root : node.root);
    if (tab === 'node') node.show(store.viewing.selected);
  };
  const bar = tabs<Tab>({
    label: labels.details,
    controls: 'details',
    tabs: [
      {id: 'findings', label: [labels.findings]},
      {id: 'node', label: [labels.node]},
    ],
    onChange: tab => {
      choose(tab);
      panel.choices.set({tab});
    },
  });
  const count = ({findings: {length}}: PlanModel): void =>
    bar.relabel('findings', labels.findings, element('span', {class: 'count'}, String(length)));
  count(model);
  const kept = panel.choices.get().tab;
  choose(kept === 'node' || (kept === undefined && model.findings.length === 0) ? 'node' : 'findings');
  let highlighting: ReturnType<typeof setTimeout> | undefined;
  store.listen((viewing, before) => {
    if (viewing.selected === before.selected) return;
    findings.mark(viewing.selected);
    if (chosen === 'node') node.show(viewing.selected);
  });
  return {
    root: element('aside', {class: 'details', 'aria-label': labels.details}, bar.root, body),
    open() {
      choose('node');
      body.focus();
    },
    highlight() {
      clearTimeout(highlighting);
      if (!live) return;
      // Whoever walks over the nodes with the arrow keys does not want the editor to follow each step.
      highlighting = setTimeout(() => {
        const source = nodeSource(model.attribution.plan, store.viewing.selected);
        if (source) void panel.client.request('highlight', source);
      }, 150);
    },
    judged(next, checked) {
      count(next);
      findings.judged(next, checked);
    },
    dispose: () => clearTimeout(highlighting),
  };
}
