import {cardOf, type Detail} from './graph-card.ts';
import type {Box} from './graph-layout.ts';
import type {GraphPlan} from './graph-plan.ts';

/** How cards look that are there. */
export interface CardStates {
  readonly cursor: number;
  readonly selected: number;
  readonly dimmed: (box: Box) => boolean;
  readonly found: (box: Box) => boolean;
}

/** Has elements for those cards that are to be seen, and no others. */
export class GraphCards {
  readonly #layer: HTMLElement;
  readonly #plan: GraphPlan;
  readonly #shown = new Map<
    number,
    {readonly card: HTMLElement; readonly box: Box; readonly detail: Detail}
  >();

  constructor(layer: HTMLElement, plan: GraphPlan) {
    this.#layer = layer;
    this.#plan = plan;
  }

  /** Forgets all cards: the layout, or what they show, is another one. */
  clear(): void {
    for (const {card} of this.#shown.values()) card.remove();
    this.#shown.clear();
  }

  show(boxes: readonly Box[], detail: Detail): void {
    const wanted = new Set(boxes.map(({item}) => item.key));
    for (const [key, shown] of this.#shown) {
      if (wanted.has(key) && shown.detail === detail) continue;
      shown.card.remove();
      this.#shown.delete(key);
    }
    const made = boxes.filter(({item}) => !this.#shown.has(item.key)).map(box => this.#make(box, detail));
    if (made.length > 0) this.#layer.append(...made);
  }

  mark({cursor, selected, dimmed, found}: CardStates): void {
    for (const [key, {card, box}] of this.#shown) {
      set(card, 'tabindex', key === cursor ? '0' : '-1');
      set(card, 'aria-selected', String(key === selected));
      card.classList.toggle('is-selected', key === selected);
      card.classList.toggle('is-dimmed', dimmed(box));
      card.classList.toggle('is-found', found(box));
    }
  }

  /** Moves the keyboard to a card. */
  focus(key: number): void {
    this.#shown.get(key)?.card.focus({preventScroll: true});
  }

  /** @returns the key of the card that an event happened in */
  keyAt(target: EventTarget | null): number | undefined {
    const card = target instanceof Element ? target.closest<HTMLElement>('.card') : null;
    return card === null ? undefined : Number(card.dataset['key']);
  }

  #make(box: Box, detail: Detail): HTMLElement {
    const card = cardOf(this.#plan, box.item, detail);
    card.style.setProperty('translate', `${box.x}px ${box.y}px`);
    this.#shown.set(box.item.key, {card, box, detail});
    return card;
  }
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
