import type {RunView} from '../../src/protocol/run-panel.ts';
import {element} from '../ui/element.ts';
import type {Part} from './panel.ts';
import * as words from './words.ts';

/** Screen readers get one sentence at most in this time, in milliseconds; a thousand small files would drown them. */
const quiet = 1500;

/** Says politely what a sighted user sees move. How a run ended is said by the heading, which gets the focus. */
export function announcer(): Part {
  const root = element('div', {class: 'for-screen-readers', role: 'status', 'aria-live': 'polite'});
  let waiting: string | undefined;
  let quietUntil = 0;
  const say = (): void => {
    root.textContent = waiting ?? '';
    waiting = undefined;
    quietUntil = Date.now() + quiet;
  };
  return {
    root,
    update(view) {
      // What was said last of a run is not to be found below what came of it, and what waits is not said any more.
      if (view.phase.kind !== 'running') {
        root.textContent = '';
        if (waiting !== undefined) waiting = '';
      }
      const text = sentence(view);
      if (text === '' || text === (waiting ?? root.textContent)) return;
      // What comes meanwhile replaces what was about to be said.
      if (waiting === undefined) setTimeout(say, Math.max(0, quietUntil - Date.now()));
      waiting = text;
    },
  };
}

function sentence({phase, plan}: RunView): string {
  if (phase.kind !== 'running' || plan === null) return '';
  if (phase.cancelling) return words.labels.cancelling;
  const step = phase.current && plan.steps[phase.current.step];
  if (phase.current && step) return words.announceStep(phase.current.step, plan.steps.length, step);
  return phase.waiting ? words.waitingTitle(0) : '';
}
