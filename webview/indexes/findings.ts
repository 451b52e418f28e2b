import {formatBytes} from '../../src/core/catalog/format.ts';
import type {Action, HealthFinding} from '../../src/core/health/finding.ts';
import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {findingCard} from './finding-card.ts';
import {groupsOf, type Group} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {groupTitle, labels, severityNames} from './words.ts';

/** Findings of a group that are in the document before somebody asks for more. */
const atOnce = 50;

export interface FindingsOptions {
  readonly panel: Panel;
  readonly titleOf: (check: string) => string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** Shows an index in the list. */
  readonly onReveal: (oid: number) => void;
  /** Shows in the list what a check found. */
  readonly onFilter: (check: string) => void;
}

/** What an expert would point at, by check: each opens to what it rests on, its statements and its buttons. */
export function findings(options: FindingsOptions): Part {
  const {panel} = options;
  const groups = element('ol', {class: 'groups'});
  const {root, head, count} = frame(options, groups);
  /** What the user opened, by words, so that it stays open over another reading. */
  const opened = new Set<string>();
  let shown: readonly HealthFinding[] | undefined;
  let complete = false;
  panel.store.onChange(({findings: now, complete: all}) => {
    if (now === shown && all === complete) return;
    shown = now;
    complete = all;
    root.hidden = now.length === 0;
    count.textContent = String(now.length);
    fill(groups, ...groupsOf(now).map(group => groupItem(group, now, options, opened)));
  });
  root.hidden = true;
  return {root, update: () => head.setAttribute('aria-expanded', String(!groups.hidden))};
}

function frame(
  options: FindingsOptions,
  groups: HTMLElement,
): {readonly root: HTMLElement; readonly head: HTMLElement; readonly count: HTMLElement} {
  const count = element('span', {class: 'number'});
  const head = element(
    'button',
    {type: 'button', class: 'disclosure findings-head'},
    icon('chevron'),
    element('h2', {}, labels.findings),
    count,
  );
  groups.hidden = !options.open;
  head.addEventListener('click', () => {
    groups.hidden = !groups.hidden;
    head.setAttribute('aria-expanded', String(!groups.hidden));
    options.onToggle(!groups.hidden);
  });
  const root = element('section', {class: 'findings', 'aria-label': labels.findings}, head, groups);
  return {root, head, count};
}

function groupItem(
  group: Group,
  all: readonly HealthFinding[],
  options: FindingsOptions,
  opened: Set<string>,
): HTMLElement {
  const {check, places, severity, bytes} = group;
  const card = (place: number): HTMLElement | undefined => {
    const finding = all[place];
    const key = `${check} ${finding?.what ?? ''}`;
    return (
      finding &&
      findingCard(finding, {
        ...options,
        place,
        open: opened.has(key),
        onToggle: open => void (open ? opened.add(key) : opened.delete(key)),
      })
    );
  };
  const [only] = places;
  if (places.length === 1 && only !== undefined) return card(only) ?? element('li');
  const cards = element('ol', {class: 'group-cards'});
  const key = `group ${check}`;
  const head = element(
    'button',
    {type: 'button', class: 'disclosure group-head', 'aria-expanded': String(opened.has(key))},
    icon('chevron'),
    element(
      'span',
      {class: `sign severity-${severity}`},
      icon(severityIcons[severity], severityNames[severity]),
    ),
    element('span', {class: 'finding-what'}, groupTitle(options.titleOf(check), places.length)),
    bytes > 0 && element('span', {class: 'finding-bytes'}, formatBytes(bytes)),
  );
  const show = (): void => {
    const open = opened.has(key);
    head.setAttribute('aria-expanded', String(open));
    cards.hidden = !open;
    if (open && cards.childElementCount === 0) fillCards(cards, places, card);
  };
  head.addEventListener('click', () => {
    if (!opened.delete(key)) opened.add(key);
    show();
  });
  show();
  const line = element('div', {class: 'group-line'}, head, groupActions(group, all, options));
  return element('li', {class: 'group'}, line, cards);
}

function fillCards(
  cards: HTMLElement,
  places: readonly number[],
  card: (place: number) => HTMLElement | undefined,
): void {
  const from = cards.childElementCount;
  const next = places.slice(from, from + atOnce);
  cards.append(...next.flatMap(place => card(place) ?? []));
  const left = places.length - from - next.length;
  if (left === 0) return;
  const more = button(
    {
      kind: 'secondary',
      onClick: () => {
        item.remove();
        fillCards(cards, places, card);
      },
    },
    `Show ${Math.min(left, atOnce)} More of ${left.toLocaleString('en')}`,
  );
  const item = element('li', {class: 'more-cards'}, more);
  cards.append(item);
}

/** One button for all of a group, and what leads to them in the list. */
function groupActions(
  {check, places}: Group,
  all: readonly HealthFinding[],
  options: FindingsOptions,
): HTMLElement {
  const {panel, onFilter} = options;
  const having = (wanted: (action: Action) => boolean): readonly number[] =>
    places.filter(place => all[place]?.actions.some(wanted));
  const writable = having(({kind}) => kind === 'migration');
  const rebuildable =
    writable.length > 0 || panel.readOnly()
      ? []
      : having(action => action.kind === 'maintain' && action.command === 'reindex');
  const act = (findings: readonly number[]): void =>
    void panel.client.request('actOnAll', {generation: panel.generation(), findings});
  const tool = (name: IconName, text: string, go: () => void): HTMLElement =>
    element(
      'button',
      {type: 'button', class: 'tool bordered', on: {click: go}},
      icon(name),
      element('span', {}, text),
    );
  const inList = places.some(
    place => panel.store.now.found.indexOf.has(place) || panel.store.now.found.tableOf.has(place),
  );
  return element(
    'span',
    {class: 'group-actions'},
    inList && tool('search', labels.showInList, () => onFilter(check)),
    writable.length > 1 &&
      tool('plus', `Write ${writable.length.toLocaleString('en')} Migrations`, () => act(writable)),
    rebuildable.length > 1 &&
      tool('refresh', `Rebuild All ${rebuildable.length.toLocaleString('en')}`, () => act(rebuildable)),
  );
}
