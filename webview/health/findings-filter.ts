import type {Area, Severity} from '../../src/core/health/finding.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {counted} from '../../src/core/words.ts';
import {dropdown, setText, textField} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {countBySeverity, severityOrder} from './model.ts';
import type {Panel} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {areaNames, severityNames} from './words.ts';

/** Which findings are shown. */
export interface FindingsFilter {
  readonly severities: ReadonlySet<Severity>;
  readonly area?: Area;
  readonly check?: string;
  /** In lower case. */
  readonly text: string;
}

interface FilterBar {
  readonly root: HTMLElement;
  filter(): FindingsFilter;
  /** Another area or check; whatever else is filtered by is given up, so that something is seen. */
  set(only: Pick<FindingsFilter, 'area' | 'check'>): void;
  show(view: HealthView, shown: number, filter: FindingsFilter): void;
}

const all: FindingsFilter = {severities: new Set(severityOrder), text: ''};

export function findingsFilter(panel: Panel, changed: () => void): FilterBar {
  let filter = all;
  const change = (next: FindingsFilter): void => {
    filter = next;
    changed();
  };
  const chips = severityOrder.map(severity => chip(severity, () => change(toggled(filter, severity))));
  const only = element('button', {
    type: 'button',
    class: 'tool bordered only',
    on: {click: () => change({severities: filter.severities, text: filter.text})},
  });
  const count = element('span', {class: 'count', role: 'status'});
  const field = search(text => change({...filter, text}));
  const group = dropdown({
    label: 'Order',
    choices: [
      ['worst', 'Worst first'],
      ['area', 'By area'],
      ['check', 'By check'],
    ],
    value: panel.choices.group,
    onChange: value => {
      panel.choose({group: value});
      changed();
    },
  });
  const root = element(
    'div',
    {class: 'filter-bar'},
    element(
      'span',
      {class: 'severities', role: 'group', 'aria-label': 'Severity'},
      ...chips.map(({root}) => root),
    ),
    element('span', {class: 'search', role: 'search'}, field),
    group,
    only,
    count,
  );
  return {
    root,
    filter: () => filter,
    set(next) {
      filter = {...all, ...next};
      setText(field, '');
    },
    show({findings, titles = []}, shown, {severities, area, check}) {
      root.hidden = findings.length === 0;
      const counts = countBySeverity(findings);
      for (const chip of chips) chip.show(counts[chip.severity], severities.has(chip.severity));
      only.hidden = area === undefined && check === undefined;
      const name =
        area === undefined ? (titles.find(({id}) => id === check)?.title ?? check ?? '') : areaNames[area];
      fill(only, name, icon('cross', 'Show all areas'));
      setWords(count, shown === findings.length ? '' : `${shown} of ${counted(findings.length, 'finding')}`);
    },
  };
}

function toggled(filter: FindingsFilter, severity: Severity): FindingsFilter {
  const severities = new Set(filter.severities);
  if (!severities.delete(severity)) severities.add(severity);
  // Nothing at all is never what somebody wants to see.
  return {...filter, severities: severities.size === 0 ? all.severities : severities};
}

interface Chip {
  readonly root: HTMLElement;
  readonly severity: Severity;
  show(count: number, pressed: boolean): void;
}

function chip(severity: Severity, click: () => void): Chip {
  const words = element('span', {});
  const root = element(
    'button',
    {type: 'button', class: `tool chip severity-${severity}`, on: {click}},
    icon(severityIcons[severity]),
    words,
  );
  return {
    root,
    severity,
    show(count, pressed) {
      root.hidden = count === 0;
      root.setAttribute('aria-pressed', String(pressed));
      setWords(words, counted(count, severityNames[severity]));
    },
  };
}

function search(look: (text: string) => void): HTMLElement {
  const change = (text: string): void => look(text.trim().toLowerCase());
  const field = textField({
    label: 'Filter findings',
    description: 'Shows only findings whose words contain this text.',
    placeholder: 'Filter',
    onInput: change,
    onEnter: change,
  });
  field.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    setText(field, '');
    look('');
  });
  return field;
}
