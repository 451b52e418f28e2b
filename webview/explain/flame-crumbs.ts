import {element} from '../ui/element.ts';
import type {FlamePlan} from './flame-plan.ts';
import {titleParts} from './graph-words.ts';

/** So many at the end, besides the root. */
const shownAtEnd = 5;

/** The way from the root to what the view is zoomed to: each step leads back. */
export function crumbs(plan: FlamePlan, zoomed: number, go: (id: number) => void): readonly HTMLElement[] {
  const path = plan.pathTo(zoomed);
  const skipped = path.length > shownAtEnd + 2 ? path.length - shownAtEnd - 1 : 0;
  return path.flatMap((node, index) => {
    if (index > 0 && index <= skipped) return index === 1 ? [separator(), element('span', {}, '…')] : [];
    const {step} = titleParts(node);
    const last = node.id === zoomed;
    const crumb = last
      ? element('strong', {'aria-current': 'location'}, step)
      : element('button', {type: 'button', class: 'link', on: {click: () => go(node.id)}}, step);
    return index === 0 ? [crumb] : [separator(), crumb];
  });
}

function separator(): HTMLElement {
  return element('span', {class: 'flame-separator', 'aria-hidden': 'true'}, '›');
}
