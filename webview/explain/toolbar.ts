import type {OriginView} from '../../src/protocol/explain-panel.ts';
import {dropdown} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {menuButton} from '../ui/menu.ts';
import {tabs} from '../ui/tabs.ts';
import {exportMenu} from './exporting.ts';
import type {ColourBy, PlanModel} from './model.ts';
import type {Panel} from './panel.ts';
import type {Search} from './search.ts';
import type {Store} from './store.ts';
import type {Stage} from './view-stage.ts';
import * as words from './words.ts';
import type {Workspace} from './workspace.ts';

const {labels} = words;

export interface ToolbarOptions {
  readonly panel: Panel;
  readonly origin: OriginView;
  readonly model: PlanModel;
  readonly store: Store;
  readonly stage: Stage;
  readonly search: Search;
  readonly plans: Workspace['plans'];
  readonly compare: () => void;
  readonly whatIf: () => void;
}

const viewIcons: Readonly<Record<words.ViewName, IconName>> = {
  graph: 'tree',
  flame: 'bars',
  table: 'table',
  raw: 'braces',
  summary: 'sum',
};

/** How to look at the plan, and what to do with it. */
export function toolbar(options: ToolbarOptions): {readonly root: HTMLElement} {
  const {search} = options;
  return {
    root: element(
      'div',
      {class: 'toolbar'},
      viewTabs(options),
      planPicker(options),
      colourPicker(options),
      search.root,
      element('span', {class: 'gap'}),
      ...commands(options),
    ),
  };
}

function viewTabs({stage}: ToolbarOptions): HTMLElement {
  const names = Object.entries(words.viewNames).flatMap(([name, text]) =>
    isView(name) ? [{name, text}] : [],
  );
  const views = tabs<words.ViewName>({
    label: labels.views,
    controls: 'view',
    tabs: names.map(({name, text}, index) => ({
      id: name,
      hint: `${text} (${index + 1})`,
      label: [icon(viewIcons[name]), element('span', {class: 'tool-text'}, text)],
    })),
    onChange: name => stage.choose(name),
  });
  views.root.classList.add('view-tabs');
  views.choose(stage.view);
  stage.onChange(name => views.choose(name));
  return views.root;
}

function isView(name: string): name is words.ViewName {
  return name in words.viewNames;
}

function planPicker({plans}: ToolbarOptions): HTMLElement | undefined {
  if (plans.count < 2) return undefined;
  const choices = Array.from({length: plans.count}, (_, index): [string, string] => [
    String(index),
    words.planNumber(index, plans.count),
  ]);
  return labelled(
    labels.plans,
    dropdown({
      label: labels.plans,
      choices,
      value: String(plans.index),
      onChange: index => plans.choose(Number(index)),
    }),
  );
}

function colourPicker({store}: ToolbarOptions): HTMLElement {
  const choices = Object.entries(words.colourNames).flatMap(([by, text]): [ColourBy, string][] =>
    isColour(by) ? [[by, text]] : [],
  );
  return labelled(
    labels.colourBy,
    dropdown({
      label: labels.colourBy,
      choices,
      value: store.viewing.colourBy,
      onChange: colourBy => store.set({colourBy}),
    }),
  );
}

function isColour(name: string): name is ColourBy {
  return name in words.colourNames;
}

function labelled(label: string, control: HTMLElement): HTMLElement {
  return element(
    'span',
    {class: 'labelled'},
    element('span', {class: 'label', 'aria-hidden': 'true'}, label),
    control,
  );
}

function commands({
  panel,
  origin,
  model,
  store,
  stage,
  compare,
  whatIf,
}: ToolbarOptions): (HTMLElement | undefined)[] {
  const live = origin.mode !== 'opened' && origin.connection !== null;
  const again = menuButton({
    label: labels.again,
    icon: 'play',
    items: [
      ...words.againItems.map(([mode, text]) => ({
        text,
        onChoose: () => void panel.client.request('again', {mode}),
      })),
      ...(origin.parameters.length > 0
        ? [{text: labels.changeValues, onChoose: () => void panel.client.request('change', null)}]
        : []),
    ],
  });
  return [
    live ? again : undefined,
    tool('compare', labels.compare, labels.compareHint, () => compare()),
    live ? tool('question', labels.whatIf, labels.whatIfHint, () => whatIf()) : undefined,
    exportMenu({panel, origin, model, store, stage}),
  ];
}

function tool(name: IconName, text: string, hint: string, click: () => void): HTMLElement {
  return element(
    'button',
    {type: 'button', class: 'tool', title: hint, on: {click}},
    icon(name),
    element('span', {class: 'tool-text'}, text),
  );
}
