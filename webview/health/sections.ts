import type {HealthView} from '../../src/protocol/health-panel.ts';
import type {Area} from '../../src/core/health/finding.ts';
import {element, type Child} from '../ui/element.ts';
import {tabs, type Tab} from '../ui/tabs.ts';
import {short} from './format.ts';
import {countBySeverity, seen, tabIds, type Place, type TabId} from './model.ts';
import {overview} from './overview.ts';
import {whenChanged, type Panel, type Part} from './panel.ts';
import {queries} from './queries.ts';
import {server} from './server.ts';
import {sessions} from './sessions.ts';
import {tables} from './tables.ts';

/** A part that something on the page can lead into. */
export interface Section extends Part {
  go?(place: Place): void;
}

interface Sections {
  readonly root: HTMLElement;
  update(view: HealthView): void;
  go(place: Place): void;
}

const names: Readonly<Record<TabId, string>> = {
  overview: 'Overview',
  sessions: 'Sessions',
  queries: 'Queries',
  tables: 'Tables',
  server: 'Server',
};

const makers: Readonly<Record<TabId, (panel: Panel) => Section>> = {
  overview,
  sessions,
  queries,
  tables,
  server,
};

const areasOf: Readonly<Record<TabId, readonly Area[]>> = {
  overview: [],
  sessions: ['connections', 'locks'],
  queries: ['queries'],
  tables: ['tables', 'vacuum'],
  server: ['writing', 'replication', 'settings', 'security'],
};

/** The parts of the page. Each is made when it is first looked at, and told of changes while it is in sight. */
export function sections(panel: Panel): Sections {
  const made = new Map<TabId, Section>();
  const slots = tabIds.map(id => ({id, root: slotOf(id)}));
  let view: HealthView | undefined;
  let shown = panel.choices.tab;
  const open = (id: TabId): Section => {
    const known = made.get(id);
    const section = known ?? makers[id](panel);
    if (known === undefined) slots.find(slot => slot.id === id)?.root.append(section.root);
    made.set(id, section);
    return section;
  };
  const choose = (id: TabId): void => {
    shown = id;
    bar.choose(id);
    for (const slot of slots) slot.root.hidden = slot.id !== id;
    const section = open(id);
    if (view) section.update(view);
    if (panel.choices.tab !== id) panel.choose({tab: id});
  };
  const bar = tabs<TabId>({
    label: 'Parts of the server’s health',
    tabs: tabIds.map((id): Tab<TabId> => ({id, label: [names[id]]})),
    controls: 'sections',
    onChange: choose,
  });
  const labels = tabIds.map(id => ({
    id,
    show: whenChanged((number: string, worst: string) => bar.relabel(id, ...label(id, number, worst))),
  }));
  choose(shown);
  return {
    root: element(
      'section',
      {class: 'sections'},
      element('div', {class: 'tab-bar'}, bar.root),
      element('div', {class: 'slots', id: 'sections'}, ...slots.map(({root}) => root)),
    ),
    update(next) {
      view = next;
      for (const {id, show} of labels) show(numberOf(id, next), worstOf(id, next));
      made.get(shown)?.update(next);
    },
    go(place) {
      const id = tabOf(place);
      choose(id);
      open(id).go?.(place);
    },
  };
}

function slotOf(id: TabId): HTMLElement {
  return element('div', {class: `slot slot-${id}`, role: 'tabpanel', 'aria-labelledby': `tab-${id}`});
}

function tabOf(place: Place): TabId {
  switch (place.kind) {
    case 'tab':
      return place.tab;
    case 'area':
    case 'check':
      return 'overview';
    case 'session':
      return 'sessions';
    case 'statement':
      return 'queries';
    case 'table':
      return 'tables';
    case 'setting':
      return 'server';
    default:
      return place satisfies never;
  }
}

function numberOf(id: TabId, {reading, findings}: HealthView): string {
  switch (id) {
    case 'overview':
      return findings.length === 0 ? '' : String(findings.length);
    case 'sessions': {
      const rows = seen(reading, 'sessions')?.rows;
      return rows === undefined ? '' : short(rows.filter(({kind}) => kind === 'client backend').length);
    }
    case 'queries':
      return short(seen(reading, 'statements')?.totals.statements ?? 0).replace(/^0$/, '');
    case 'tables':
      return short(seen(reading, 'tables')?.rows.filter(({kind}) => kind !== 'toast').length ?? 0).replace(
        /^0$/,
        '',
      );
    case 'server':
      return '';
    default:
      return id satisfies never;
  }
}

/** @returns the worst severity of what was found about a part; empty for nothing that is bad */
function worstOf(id: TabId, {findings}: HealthView): string {
  const areas = areasOf[id];
  const counts = countBySeverity(
    id === 'overview' ? findings : findings.filter(({area}) => areas.includes(area)),
  );
  return counts.error > 0 ? 'error' : counts.warning > 0 ? 'warning' : '';
}

function label(id: TabId, number: string, worst: string): readonly Child[] {
  const mark =
    worst !== '' &&
    element(
      'span',
      {class: `tab-mark tab-${worst}`},
      element('span', {class: 'for-screen-readers'}, `, ${worst}s`),
    );
  return [names[id], number !== '' && element('span', {class: 'number'}, number), mark];
}
