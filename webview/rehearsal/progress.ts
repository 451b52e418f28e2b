import type {RehearsalPhase, RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {button, setEnabled} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

type Running = Extract<RehearsalPhase, {kind: 'running'}>;

/** How far the rehearsal is, and the way to stop it. */
export function progress(panel: Panel): Part {
  const fillBar = element('div', {class: 'bar-fill'});
  const bar = element(
    'div',
    {class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-labelledby': 'doing'},
    fillBar,
  );
  const doing = element('span', {id: 'doing'});
  const elapsed = element('span', {class: 'elapsed'});
  const cancel = button(
    {kind: 'secondary', onClick: () => void panel.client.request('cancel', null)},
    words.labels.cancel,
  );
  const root = element(
    'section',
    {class: 'progress', hidden: true},
    element('div', {class: 'counts'}, doing, elapsed),
    bar,
    cancel,
  );
  let phase: Running | undefined;
  const tick = (): void => {
    if (phase) elapsed.textContent = words.elapsed(panel.now() - phase.startedAt);
  };
  return {
    root,
    tick,
    update(view) {
      phase = view.phase.kind === 'running' ? view.phase : undefined;
      root.hidden = phase === undefined;
      if (!phase) return;
      doing.textContent = words.doing(phase.doing, view.steps);
      const share = shareOf(phase, view);
      bar.setAttribute('aria-valuenow', String(Math.round(share)));
      fillBar.style.setProperty('inline-size', `${share}%`);
      setEnabled(cancel, !phase.cancelling);
      cancel.textContent = phase.cancelling ? words.labels.cancelling : words.labels.cancel;
      tick();
    },
  };
}

const partShares = {up: 0, compare: 0.4, down: 0.5, 'up-again': 0.75} as const;

/** The history is half of it, the files the other half; how long either takes nobody knows before. */
function shareOf({doing}: Running, {steps}: RehearsalView): number {
  switch (doing.kind) {
    case 'starting':
      return 0;
    case 'history':
      return (50 * doing.done) / Math.max(1, doing.of);
    case 'step':
      return 50 + (50 * (doing.step + partShares[doing.part])) / Math.max(1, steps.length);
    default:
      return doing satisfies never;
  }
}
