import type {RolloutView} from '../../src/protocol/rollout-panel.ts';
import {toMigrate} from '../../src/protocol/rollout-state.ts';
import {button} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {confirmation, type Foot} from './confirmation.ts';
import type {Panel, Part} from './panel.ts';
import {progress} from './progress.ts';
import * as words from './words.ts';

export interface FootPart extends Part {
  focus(): boolean;
}

/** What can be done now: confirm, stop, go on after the canary, or take it up again. */
export function foot(panel: Panel): FootPart {
  const root = element('footer', {class: 'foot'});
  const running = progress(panel);
  let shown = '';
  let now: Foot | undefined;
  return {
    root,
    update(view) {
      running.update(view);
      const next = kindOf(view);
      if (next === shown) return;
      shown = next;
      now = footOf(panel, view, running.root);
      root.replaceChildren(...(now ? [now.root] : []));
    },
    focus: () => now?.focus() ?? false,
    tick: () => running.tick?.(),
  };
}

/** Anew only where other things can be done, so that a field that is typed into stays. */
function kindOf(view: RolloutView): string {
  const {phase, targets} = view;
  if (phase.kind === 'running') return phase.asking ? 'asking' : 'running';
  if (phase.kind === 'ended') return `ended ${phase.end}`;
  return `${phase.kind} ${targets.map(({id, state}) => `${id} ${state.kind}`).join()}`;
}

function footOf(panel: Panel, view: RolloutView, running: HTMLElement): Foot | undefined {
  const {phase} = view;
  switch (phase.kind) {
    case 'planning':
      return undefined;
    case 'planned':
      return confirmation(panel, view);
    case 'running':
      return phase.asking ? asking(panel, view) : {root: running, focus: () => false};
    case 'ended':
      return ended(panel, phase.end === 'complete');
    default:
      return phase satisfies never;
  }
}

/** The others may be production, so nothing goes on by an Enter that was meant for something else. */
function asking({client}: Panel, view: RolloutView): Foot {
  const others = toMigrate(view).length;
  const canary = view.targets.find(({id}) => id === view.choice.canary)?.name ?? '';
  const answer = (yes: boolean) => (): void => void client.request('goOn', {yes});
  return {
    root: element(
      'section',
      {class: 'confirmation', 'aria-label': words.labels.canary},
      element('p', {class: 'lead', role: 'status'}, words.canaryQuestion(canary, others)),
      element(
        'div',
        {class: 'actions'},
        button({kind: 'primary', onClick: answer(true)}, words.goOn(others)),
        button({kind: 'secondary', onClick: answer(false)}, words.labels.stopHere),
      ),
    ),
    focus: () => false,
  };
}

function ended({client}: Panel, complete: boolean): Foot {
  const resume = (): void => void client.request('again', null);
  const close = (): void => void client.request('close', null);
  return {
    root: element(
      'div',
      {class: 'confirmation'},
      element(
        'div',
        {class: 'actions'},
        !complete && button({kind: 'primary', onClick: resume}, words.labels.resume),
        button({kind: complete ? 'primary' : 'secondary', onClick: close}, words.labels.close),
      ),
    ),
    focus: () => false,
  };
}
