import {element} from './element.ts';

/**
 * A share of a whole, as a bar. It says nothing to screen readers: the words stand beside it.
 * @param share 0 to 1; what is beyond is cut off
 * @param look `marked` for what is worth a look
 */
export function shareBar(share: number, look: 'plain' | 'marked' = 'plain'): HTMLElement {
  const fill = element('span', {class: 'share-fill'});
  const percent = Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10;
  fill.style.setProperty('inline-size', `${percent}%`);
  return element('span', {class: `share-bar share-${look}`, 'aria-hidden': 'true'}, fill);
}
