import type {ComparedPhase, SchemaView} from '../../src/protocol/schema-panel.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {tabs, type Tab} from '../ui/tabs.ts';
import {differencesView} from './differences-view.ts';
import {gapsView, ignoredView, tablesView} from './other-views.ts';
import type {Panel, Part} from './panel.ts';
import {reportMenu} from './report-menu.ts';
import * as words from './words.ts';

const {labels} = words;

type TabId = 'differences' | 'tables' | 'ignored' | 'gaps';

/** What was found: the differences first, then what else belongs to it. */
export function result(panel: Panel, view: SchemaView, phase: ComparedPhase): Part {
  const slot = element('div', {class: 'tab-panel', id: 'tab-panel', role: 'tabpanel'});
  const views = {
    differences: once(() => differencesView(panel, view, phase)),
    tables: once(() => tablesView(panel, phase)),
    ignored: once(() => ignoredView(panel, phase)),
    gaps: once(() => gapsView(panel, phase)),
  };
  let shown: Part | undefined;
  const choose = (id: TabId): void => {
    bar.choose(id);
    slot.setAttribute('aria-labelledby', `tab-${id}`);
    shown = views[id].get();
    fill(slot, shown.root);
    shown.update?.(view);
  };
  const bar = tabs<TabId>({
    label: 'Parts of the comparison',
    tabs: tabsOf(phase),
    controls: 'tab-panel',
    onChange: choose,
  });
  choose('differences');
  return {
    root: element(
      'section',
      {class: 'result'},
      element('div', {class: 'tab-bar'}, bar.root, element('span', {class: 'gap'}), reportMenu(panel, phase)),
      slot,
    ),
    dispose: () => {
      for (const one of Object.values(views)) one.dispose();
    },
  };
}

function tabsOf({counts, tables, ignored, gaps}: ComparedPhase): readonly Tab<TabId>[] {
  const differences = counts.error + counts.warning + counts.information;
  return [
    {id: 'differences', label: label(labels.differences, differences)},
    {id: 'tables', label: label(labels.tables, tables)},
    {id: 'ignored', label: label(labels.ignored, ignored)},
    {id: 'gaps', label: label(labels.gaps, gaps)},
  ];
}

function label(text: string, number: number): readonly Child[] {
  return [text, element('span', {class: 'number'}, number.toLocaleString('en'))];
}

/** A part is made when it is looked at, and kept. */
function once(make: () => Part): {get(): Part; dispose(): void} {
  let made: Part | undefined;
  return {
    get: () => (made ??= make()),
    dispose: () => made?.dispose?.(),
  };
}
