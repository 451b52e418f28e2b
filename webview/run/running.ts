import type {HolderView, RunPhase, RunView} from '../../src/protocol/run-panel.ts';
import {button, setEnabled} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

type Running = Extract<RunPhase, {kind: 'running'}>;

/** How far the run is, who it waits for, and the way to stop it. */
export function running(panel: Panel): Part {
  const total = panel.plan.steps.length;
  const fillBar = element('div', {class: 'bar-fill'});
  const bar = element(
    'div',
    {
      class: 'bar',
      role: 'progressbar',
      'aria-valuemin': 0,
      'aria-valuemax': total,
      'aria-labelledby': 'progress',
    },
    fillBar,
  );
  const count = element('span', {id: 'progress'});
  const elapsed = element('span', {class: 'elapsed'});
  const cancel = button(
    {kind: 'secondary', onClick: () => void panel.client.request('cancel', null)},
    words.labels.cancelRun,
  );
  const waiting = waitingBox(panel);
  let phase: Running | undefined;
  const tick = (): void => {
    if (phase === undefined) return;
    elapsed.textContent = words.elapsed(panel.now() - phase.startedAt);
    waiting.tick(phase);
  };
  return {
    root: element(
      'section',
      {class: 'situation running'},
      element('div', {class: 'progress'}, element('div', {class: 'counts'}, count, elapsed), bar, cancel),
      waiting.root,
    ),
    update(view: RunView) {
      if (view.phase.kind !== 'running') return;
      phase = view.phase;
      const done = phase.done.length;
      count.textContent = words.progress(done, total);
      bar.setAttribute('aria-valuenow', String(done));
      fillBar.style.setProperty('inline-size', `${(100 * done) / total}%`);
      setEnabled(cancel, !phase.cancelling);
      cancel.textContent = phase.cancelling ? words.labels.cancelling : words.labels.cancelRun;
      tick();
    },
    tick,
  };
}

function waitingBox(panel: Panel): {readonly root: HTMLElement; tick(phase: Running): void} {
  const title = element('strong');
  const who = element('p', {class: 'holder'});
  const root = element('div', {class: 'callout callout-warning', hidden: true});
  fill(root, icon('lock'), element('div', {}, title, who));
  return {
    root,
    tick({waiting}) {
      root.hidden = waiting === undefined;
      if (waiting === undefined) return;
      const seconds = Math.max(0, (panel.now() - waiting.since) / 1000);
      title.textContent = words.waitingTitle(seconds);
      who.textContent = holderText(waiting.holder, seconds);
    },
  };
}

function holderText(holder: HolderView | undefined, seconds: number): string {
  return holder === undefined ? words.waitingUnknown : words.holder(holder, seconds);
}
