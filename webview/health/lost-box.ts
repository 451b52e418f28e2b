import {button} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {moment} from './format.ts';
import type {Panel, Part} from './panel.ts';

/** Says that what is shown is not true any more, why, and when it is tried again. */
export function lostBox(panel: Panel): Part {
  const message = element('p', {class: 'message'});
  const advice = element('p');
  const countdown = element('p', {class: 'faint countdown'});
  const retry = button(
    {kind: 'primary', onClick: () => void panel.client.request('retry', null)},
    'Retry Now',
  );
  const root = element(
    'div',
    {class: 'callout callout-bad lost'},
    icon('cross-circle'),
    element('div', {class: 'lost-words'}, message, advice, countdown),
    retry,
  );
  root.hidden = true;
  let retryAt: number | undefined;
  let told = '';
  const tick = (): void => {
    if (retryAt === undefined) return;
    const seconds = Math.ceil((retryAt - panel.now()) / 1000);
    setWords(countdown, `${seconds > 0 ? `Trying again in ${seconds} s` : 'Trying again…'}${told}`);
  };
  return {
    root,
    update({watching}) {
      root.hidden = watching.kind !== 'lost';
      retryAt = watching.kind === 'lost' ? watching.retryAt : undefined;
      if (watching.kind !== 'lost') return;
      const {failure, since, attempts} = watching;
      setWords(message, failure.message);
      setWords(advice, failure.advice ?? '');
      advice.hidden = failure.advice === undefined;
      told = `${attempts > 1 ? `; attempt ${attempts}` : ''}. What is shown is from before ${moment(since, panel.now())}.`;
      tick();
    },
    tick,
  };
}
