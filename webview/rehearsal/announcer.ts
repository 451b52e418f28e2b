import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {element} from '../ui/element.ts';
import {doing} from './words.ts';

/** Screen readers get one sentence at most in this time, in milliseconds; a long history would drown them. */
const quiet = 2000;
/** Milliseconds that a sentence of the user's own action is seen. */
const seen = 2500;

export interface Announcer {
  readonly root: HTMLElement;
  update(view: RehearsalView): void;
  /** Also shown, because it answers what the user has just done. */
  say(text: string): void;
}

/** Says politely what a sighted user sees move. How it ended is said by the heading, which gets the focus. */
export function announcer(): Announcer {
  const root = element('div', {class: 'for-screen-readers', role: 'status', 'aria-live': 'polite'});
  let saidAt = 0;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  return {
    root,
    update({phase, steps}) {
      if (phase.kind !== 'running' || phase.doing.kind === 'history' || Date.now() - saidAt < quiet) return;
      saidAt = Date.now();
      root.textContent = doing(phase.doing, steps);
    },
    say(text) {
      root.textContent = text;
      root.className = 'toast';
      clearTimeout(hiding);
      hiding = setTimeout(() => {
        root.className = 'for-screen-readers';
      }, seen);
    },
  };
}
