import type {IndexView} from '../../src/protocol/index-panel.ts';
import {button, dropdown} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {freeableBytes} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import * as words from './words.ts';

const {labels} = words;

const intervals = [
  ['0', 'Live scans: off'],
  ['10000', 'Live scans: every 10 s'],
  ['60000', 'Live scans: every minute'],
] as const;

/** The verdict, whom it is about, and what it rests on. */
export function header(panel: Panel): Part {
  const title = element('h1', {tabindex: -1});
  const sides = element('p', {class: 'sides'});
  const facts = element('div', {class: 'facts'});
  const sampling = element('span', {class: 'sampling'});
  const refresh = button(
    {kind: 'secondary', onClick: () => void panel.client.request('refresh', null)},
    labels.refresh,
  );
  const cancel = button(
    {kind: 'secondary', onClick: () => void panel.client.request('cancel', null)},
    labels.cancel,
  );
  const actions = element('div', {class: 'actions head-actions'}, sampling, refresh, cancel);
  const root = element(
    'header',
    {class: 'head'},
    element('div', {class: 'title-row'}, title, actions),
    sides,
    facts,
  );
  let shown = '';
  let interval = -1;
  return {
    root,
    update(view) {
      const {phase, last} = view;
      actions.hidden = last === undefined;
      refresh.hidden = phase.kind === 'reading';
      cancel.hidden = phase.kind !== 'reading';
      if (view.sampling !== interval) {
        interval = view.sampling;
        fill(sampling, samplingChoice(panel, interval));
      }
      const {findings, connection, notes, unseen, since, lost, version, standby} = view;
      const next = JSON.stringify([
        phase,
        last,
        findings.length,
        connection,
        notes,
        unseen,
        since,
        lost,
        version,
        standby,
      ]);
      if (next === shown) return;
      shown = next;
      const {sign, tone} = look(view);
      title.className = `tone-${tone}`;
      fill(title, icon(sign), element('span', {}, words.verdict(view, freeableBytes(findings))));
      fill(sides, ...sidesOf(view));
      fill(facts, ...factsOf(panel, view));
    },
  };
}

function samplingChoice({client}: Panel, interval: number): HTMLElement {
  return dropdown({
    label: labels.sampling,
    choices: intervals,
    value: intervals.find(([value]) => value === String(interval))?.[0] ?? '0',
    onChange: value => void client.request('setSampling', {milliseconds: Number(value)}),
  });
}

interface Look {
  readonly sign: IconName;
  readonly tone: 'plain' | 'good' | 'bad' | 'unsure';
}

function look({phase, last, findings}: IndexView): Look {
  if (!last) {
    if (phase.kind === 'failed') return {sign: 'cross-circle', tone: 'bad'};
    return phase.kind === 'cancelled'
      ? {sign: 'stop-circle', tone: 'unsure'}
      : {sign: 'search', tone: 'plain'};
  }
  if (findings.some(({severity}) => severity === 'error')) return {sign: 'cross-circle', tone: 'bad'};
  if (findings.some(({severity}) => severity === 'warning')) return {sign: 'warning', tone: 'unsure'};
  return findings.length > 0 ? {sign: 'info', tone: 'plain'} : {sign: 'check-circle', tone: 'good'};
}

function sidesOf({connection, version, standby, findings}: IndexView): Child[] {
  const {name, environment, address} = connection;
  return [
    element(
      'span',
      {class: 'side'},
      environmentSign(environment),
      element('strong', {}, name),
      element('span', {class: 'address'}, address),
      version !== '' &&
        element('span', {class: 'faint'}, `PostgreSQL ${version}${standby ? ', a standby' : ''}`),
    ),
    element(
      'span',
      {class: 'counts'},
      ...words.severities.flatMap(severity => {
        const own = findings.filter(finding => finding.severity === severity);
        return own.length === 0
          ? []
          : [
              element(
                'span',
                {class: `severity-count severity-${severity}`},
                icon(severityIcons[severity]),
                words.severityCounts(own),
              ),
            ];
      }),
    ),
  ];
}

function factsOf(panel: Panel, {phase, last, since, notes, unseen}: IndexView): Child[] {
  if (!last) return [];
  const reading =
    phase.kind === 'reading' && element('span', {class: 'busy'}, icon('spinner'), 'Reading again…');
  const sizing =
    phase.kind === 'read' &&
    !phase.exact &&
    element('span', {class: 'busy'}, icon('spinner'), 'Measuring sizes…');
  return [
    element('span', {}, words.costWords(last, panel.now())),
    since !== undefined && element('span', {}, words.sinceWords(since, panel.now())),
    reading,
    sizing,
    ...notes.map(note),
    unseen.length > 0 &&
      element(
        'details',
        {class: 'unseen'},
        element('summary', {}, `${labels.unseen} (${unseen.length})`),
        ...unseen.map(({title, why, advice}) => element('p', {}, `${title}: ${why} ${advice ?? ''}`.trim())),
      ),
  ];
}

function note(text: string): HTMLElement {
  return element('span', {class: 'note'}, icon('info'), element('span', {}, text));
}
