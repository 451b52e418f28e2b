import {element} from '../ui/element.ts';
import type {Panel} from './panel.ts';
import {labels} from './words.ts';

/** px: how narrow and how wide the details can be made, and how far a key moves them. */
const least = 240;
const most = 720;
const step = 24;
const usual = 340;

/**
 * The bar between the views and the details, to be dragged or moved with the arrow keys.
 * Source of its keys: https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/
 */
export function splitter({choices}: Panel, side: HTMLElement): HTMLElement {
  let width = choices.get().width ?? usual;
  const bar = element('div', {
    class: 'splitter',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'vertical',
    'aria-label': labels.resize,
    'aria-controls': 'details',
    'aria-valuemin': least,
    'aria-valuemax': most,
  });
  const set = (next: number): void => {
    width = Math.round(Math.max(least, Math.min(most, next)));
    side.style.setProperty('--details-width', `${width}px`);
    bar.setAttribute('aria-valuenow', String(width));
  };
  const remember = (): void => choices.set({width});
  bar.addEventListener('pointerdown', ({pointerId, clientX}) => {
    const from = width;
    const move = (event: PointerEvent): void => set(from + clientX - event.clientX);
    bar.setPointerCapture(pointerId);
    bar.addEventListener('pointermove', move);
    const end = (): void => {
      bar.removeEventListener('pointermove', move);
      remember();
    };
    bar.addEventListener('lostpointercapture', end, {once: true});
  });
  bar.addEventListener('keydown', event => {
    const by = {ArrowLeft: step, ArrowRight: -step}[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(width + by);
    remember();
  });
  set(width);
  return bar;
}
