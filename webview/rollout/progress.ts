import type {RolloutPhase} from '../../src/protocol/rollout-panel.ts';
import {elapsed as elapsedWords, progress as progressWords} from '../run/words.ts';
import {button, setEnabled} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

/** How many targets are done, and the way to stop. */
export function progress(panel: Panel): Part {
  const fill = element('div', {class: 'bar-fill'});
  const bar = element(
    'div',
    {class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-labelledby': 'progress'},
    fill,
  );
  const count = element('span', {id: 'progress'});
  const elapsed = element('span', {class: 'elapsed'});
  const stop = button(
    {kind: 'secondary', onClick: () => void panel.client.request('stop', null)},
    words.labels.stop,
  );
  let running: Extract<RolloutPhase, {kind: 'running'}> | undefined;
  const tick = (): void => {
    if (running) elapsed.textContent = elapsedWords(panel.now() - running.startedAt);
  };
  return {
    root: element(
      'section',
      {class: 'confirmation'},
      element('div', {class: 'progress'}, element('div', {class: 'counts'}, count, elapsed), bar, stop),
    ),
    update(view) {
      running = view.phase.kind === 'running' ? view.phase : undefined;
      if (!running) return;
      const well = words.wellIn(view);
      const total = view.targets.length;
      count.textContent = progressWords(well, total);
      bar.setAttribute('aria-valuemax', String(total));
      bar.setAttribute('aria-valuenow', String(well));
      fill.style.setProperty('inline-size', `${(100 * well) / total}%`);
      setEnabled(stop, running.going !== 'cancelling');
      stop.textContent = stopWords[running.going];
      stop.title = running.going === 'on' ? words.labels.stopHint : '';
      tick();
    },
    tick,
  };
}

const stopWords = {
  on: words.labels.stop,
  stopping: words.labels.stopping,
  cancelling: words.labels.cancelling,
} as const;
