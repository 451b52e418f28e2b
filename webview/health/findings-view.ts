import type {Area, HealthFinding, Severity} from '../../src/core/health/finding.ts';
import {counted} from '../../src/core/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {findingsFilter, type FindingsFilter} from './findings-filter.ts';
import {findingItem, type ShownFinding} from './findings-item.ts';
import {keyedList, type KeyedItem} from './keyed-list.ts';
import {findingKeys, severityOrder} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {areaNames, reading, subjectWords} from './words.ts';

export interface FindingsView extends Part {
  /** Shows those of one area or check only, and goes there. */
  showOnly(only: Pick<FindingsFilter, 'area' | 'check'>): void;
}

interface Group {
  readonly key: string;
  /** Empty where there is one group only. */
  readonly title: string;
  readonly findings: readonly ShownFinding[];
}

/** Findings of a group that are shown before somebody asks for the rest. */
const shownAtFirst = 8;

/** What was found, the worst first. */
export function findingsView(panel: Panel): FindingsView {
  let view: HealthView | undefined;
  const draw = (): void => {
    if (!view) return;
    const filter = bar.filter();
    const shown = shownOf(view, filter);
    bar.show(view, shown.length, filter);
    list.className = `finding-groups by-${panel.choices.group}`;
    groups.show(groupsOf(view, shown, panel.choices.group));
    empty.hidden = shown.length > 0;
    setWords(emptyText, emptyWords(view, filter));
    const {findingsLeftOut = 0} = view;
    rest.hidden = findingsLeftOut === 0;
    setWords(rest, `${counted(findingsLeftOut, 'more finding')}; the report has all of them.`);
    isWell.hidden = view.wholeAt === null || view.findings.length > 0;
  };
  const bar = findingsFilter(panel, draw);
  const list = element('div', {class: 'finding-groups'});
  const groups = keyedList<Group>(
    list,
    ({key}) => key,
    () => groupOf(panel, draw, () => view),
  );
  const isWell = element('span', {class: 'well'}, icon('check-circle'));
  const emptyText = element('span', {});
  const empty = element('p', {class: 'empty', role: 'status'}, isWell, emptyText);
  const rest = element('p', {class: 'faint'});
  const root = element(
    'section',
    {class: 'block findings', 'aria-label': 'Findings'},
    element('h2', {tabindex: -1}, 'Findings'),
    bar.root,
    list,
    empty,
    rest,
  );
  return {
    root,
    update(next) {
      const same =
        view &&
        next.findings === view.findings &&
        next.titles === view.titles &&
        next.wholeAt === view.wholeAt;
      view = next;
      if (!same) draw();
    },
    showOnly(only) {
      bar.set(only);
      draw();
      root.scrollIntoView({block: 'start'});
      root.querySelector('h2')?.focus({preventScroll: true});
    },
  };
}

function shownOf({findings}: HealthView, filter: FindingsFilter): readonly ShownFinding[] {
  const keys = findingKeys(findings);
  return findings.flatMap((finding, index) =>
    passes(finding, filter) ? [{finding, index, key: `${finding.severity} ${keys[index] ?? ''}`}] : [],
  );
}

function passes({severity, area, check, what, subject}: HealthFinding, filter: FindingsFilter): boolean {
  if (!filter.severities.has(severity)) return false;
  if (filter.area !== undefined && filter.area !== area) return false;
  if (filter.check !== undefined && filter.check !== check) return false;
  const text = `${what} ${subjectWords(subject)} ${areaNames[area]} ${check}`.toLowerCase();
  return text.includes(filter.text);
}

function groupsOf(
  {titles = []}: HealthView,
  shown: readonly ShownFinding[],
  by: 'worst' | 'area' | 'check',
): readonly Group[] {
  if (by === 'worst') return severityOrder.flatMap(severity => bySeverity(severity, shown));
  const groups = new Map<string, ShownFinding[]>();
  for (const one of shown) {
    const key = one.finding[by];
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  const title = (key: string, area: Area): string =>
    by === 'area' ? areaNames[area] : (titles.find(({id}) => id === key)?.title ?? key);
  return [...groups].map(([key, findings]) => ({
    key,
    title: title(key, findings[0]?.finding.area ?? 'settings'),
    findings,
  }));
}

/** They are in that order already, so the groups only need no titles. */
function bySeverity(severity: Severity, shown: readonly ShownFinding[]): readonly Group[] {
  const findings = shown.filter(({finding}) => finding.severity === severity);
  return findings.length === 0 ? [] : [{key: severity, title: '', findings}];
}

function groupOf(panel: Panel, redraw: () => void, viewNow: () => HealthView | undefined): KeyedItem<Group> {
  let most = shownAtFirst;
  const title = element('h3', {});
  const list = element('ul', {class: 'finding-list'});
  const items = keyedList<ShownFinding>(
    list,
    ({key}) => key,
    first => findingItem(panel, first, viewNow),
  );
  const click = (): void => {
    most = Infinity;
    redraw();
  };
  const more = element('button', {type: 'button', class: 'link more', on: {click}});
  return {
    root: element('div', {class: 'finding-group'}, title, list, more),
    show({title: text, findings}) {
      setWords(title, text === '' ? '' : `${text} (${findings.length})`);
      title.hidden = text === '';
      items.show(findings.slice(0, most));
      more.hidden = findings.length <= most;
      setWords(more, `Show ${findings.length - most} more`);
    },
  };
}

function emptyWords({findings, grades, wholeAt}: HealthView, {area}: FindingsFilter): string {
  if (findings.length > 0)
    return area === undefined ? 'No finding is like that.' : `Nothing was found about ${areaNames[area]}.`;
  if (grades.length === 0) return reading;
  return wholeAt === null
    ? 'Nothing found so far; tables, settings and more are still looked at.'
    : 'Nothing was found.';
}
