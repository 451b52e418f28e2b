import type {HealthView} from '../../src/protocol/health-panel.ts';
import {button, dropdown} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {ago, duration, moment} from './format.ts';
import {countBySeverity, seen} from './model.ts';
import {whenChanged, type Panel, type Part} from './panel.ts';
import {reportMenu} from './report-menu.ts';
import {costWords, verdict, wholeCostWords} from './words.ts';

/** The verdict, which server this is, and whether what is shown is still true. */
export function header(panel: Panel): Part {
  const title = element('h1', {tabindex: -1});
  const who = element('p', {class: 'who'});
  const uptime = element('span', {class: 'faint'});
  const cost = element('span', {class: 'faint cost'});
  const watch = watchControl(panel);
  const root = element(
    'header',
    {class: 'head'},
    element('div', {class: 'title-row'}, title, headActions(panel)),
    who,
    element('div', {class: 'watch-row'}, watch.root, cost),
  );
  const showTitle = whenChanged((text: string, tone: string, sign: IconName) => {
    title.className = `tone-${tone}`;
    fill(title, icon(sign), element('span', {}, text));
  });
  const showWho = whenChanged((key: string, children: () => readonly Child[]) => {
    if (key !== '') fill(who, ...children(), uptime);
  });
  return {
    root,
    update(view) {
      const {sign, tone} = headline(view);
      showTitle(verdict(view), tone, sign);
      const server = seen(view.reading, 'server');
      const key = JSON.stringify([view.connection, server?.version, server?.standby, server?.database]);
      if (who.dataset['key'] !== key) {
        who.dataset['key'] = key;
        showWho(key, () => whoOf(view));
      }
      setWords(uptime, server ? `up ${duration(server.now - server.startedAt)}` : '');
      setWords(cost, costWords(view.cost));
      watch.update(view);
    },
    tick: () => watch.tick(),
  };
}

function headline({findings, grades, watching}: HealthView): {
  readonly sign: IconName;
  readonly tone: string;
} {
  const counts = countBySeverity(findings);
  if (watching.kind === 'lost' && grades.length === 0) return {sign: 'cross-circle', tone: 'bad'};
  if (grades.length === 0) return {sign: 'search', tone: 'plain'};
  if (counts.error > 0) return {sign: 'cross-circle', tone: 'bad'};
  return counts.warning > 0 ? {sign: 'warning', tone: 'unsure'} : {sign: 'check-circle', tone: 'good'};
}

function whoOf({connection, reading}: HealthView): readonly Child[] {
  const {name, environment, address, readOnly} = connection;
  const server = seen(reading, 'server');
  return [
    environmentSign(environment),
    element('strong', {}, name),
    element('span', {class: 'address'}, address),
    server && element('span', {}, `PostgreSQL ${server.version}`),
    server?.standby === true &&
      sign('Standby', 'It replays what another server writes; its counters are its own.'),
    readOnly && sign('Read-only', 'The connection is read-only: what writes is not offered.'),
  ];
}

function sign(text: string, hint: string): HTMLElement {
  return element('span', {class: 'sign', title: hint}, text);
}

function headActions(panel: Panel): HTMLElement {
  const {client} = panel;
  return element(
    'div',
    {class: 'actions head-actions'},
    button({kind: 'secondary', onClick: () => void client.request('openIndexes', null)}, 'Indexes'),
    reportMenu(panel),
  );
}

const intervals = [1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

interface WatchControl {
  readonly root: HTMLElement;
  update(view: HealthView): void;
  tick(): void;
}

/** Whether it is live, and how often it looks. */
function watchControl(panel: Panel): WatchControl {
  const {client} = panel;
  const dot = element('span', {class: 'watch-sign'});
  const words = element('span', {class: 'watch-words'});
  const since = element('span', {class: 'faint'});
  const click = (): void => void client.request('pause', {paused: !paused});
  const pause = element('button', {type: 'button', class: 'tool bordered', on: {click}});
  const again = element(
    'button',
    {type: 'button', class: 'tool bordered', on: {click: () => void client.request('refresh', null)}},
    'Look at Everything',
  );
  const choice = element('span', {class: 'interval'});
  let paused = false;
  let now: HealthView | undefined;
  const showChoice = whenChanged((milliseconds: number) => fill(choice, intervalChoice(panel, milliseconds)));
  const showWatching = whenChanged((kind: HealthView['watching']['kind'], looking: boolean) => {
    paused = kind === 'paused';
    fill(dot, icon(watchSigns[kind]));
    dot.className = `watch-sign watch-${kind}`;
    setWords(words, watchWords[kind]);
    fill(pause, icon(paused ? 'play' : 'pause'), paused ? 'Resume' : 'Pause');
    pause.hidden = kind === 'lost' || kind === 'connecting';
    again.toggleAttribute('disabled', looking || kind === 'lost' || kind === 'connecting');
    again.textContent = looking ? 'Looking at Everything…' : 'Look at Everything';
  });
  const tick = (): void => {
    if (!now) return;
    setWords(since, sinceWords(now, panel.now()));
    again.title = wholeWords(now, panel.now());
  };
  return {
    root: element('div', {class: 'watch'}, dot, words, since, choice, pause, again),
    update(view) {
      now = view;
      showChoice(view.interval);
      showWatching(view.watching.kind, view.looking);
      tick();
    },
    tick,
  };
}

type Kind = HealthView['watching']['kind'];

const watchWords: Readonly<Record<Kind, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  paused: 'Paused',
  lost: 'Connection lost',
};
const watchSigns = {
  connecting: 'spinner',
  live: 'play',
  paused: 'pause',
  lost: 'cross-circle',
} as const satisfies Record<Kind, IconName>;

function sinceWords({watching}: HealthView, now: number): string {
  return watching.kind === 'paused' ? `since ${moment(watching.since, now)}` : '';
}

/** @returns when everything was looked at, which is seldom, and what that cost */
function wholeWords({wholeAt, cost}: HealthView, now: number): string {
  const at =
    wholeAt === null ? 'Not everything was looked at yet.' : `Everything was looked at ${ago(wholeAt, now)}.`;
  return [at, wholeCostWords(cost)].filter(Boolean).join(' ');
}

function intervalChoice({client}: Panel, current: number): HTMLElement {
  const known = intervals.some(one => one === current)
    ? intervals
    : [...intervals, current].toSorted((a, b) => a - b);
  return dropdown({
    label: 'Time between two looks',
    choices: known.map(one => [String(one), `every ${duration(one)}`] as const),
    value: String(current),
    onChange: value => void client.request('setInterval', {milliseconds: Number(value)}),
  });
}
