import type {HealthView} from '../../src/protocol/health-panel.ts';
import {dropdown} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {ago, duration, moment} from './format.ts';
import {whenChanged, type Panel} from './panel.ts';
import {wholeCostWords} from './words.ts';

const intervals = [1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

export interface WatchControl {
  readonly root: HTMLElement;
  update(view: HealthView): void;
  tick(): void;
}

/** Whether it is live, and how often it looks. */
export function watchControl(panel: Panel): WatchControl {
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
