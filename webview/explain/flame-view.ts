import {element, fill} from '../ui/element.ts';
import {barElement, barHeight} from './flame-bar.ts';
import {crumbs} from './flame-crumbs.ts';
import {flameKeysHelp, flameShortcuts, neighbourBar} from './flame-keys.ts';
import {barsOf, mostBars, type Bar, type FlameLayout} from './flame-layout.ts';
import {FlamePlan} from './flame-plan.ts';
import type {MakeView, PlanModel, PlanView, ViewActions, Viewing} from './model.ts';

/** The plan as an icicle: the root on top, every node as wide as it and all below it took. */
export const flameView: MakeView = (model, viewing, actions) => new FlameView(model, viewing, actions);

/** px below which siblings are merged; more where the page would carry too many bars. */
const narrow = 4;
const mostShown = 420;
/** Levels that are made before they come into sight. */
const levelsBeyond = 3;

/** The node that each plan was zoomed to, for when the view is left and made again. */
const zooms = new WeakMap<PlanModel['attribution'], number>();

class FlameView implements PlanView {
  readonly root: HTMLElement;
  readonly #model: PlanModel;
  readonly #plan: FlamePlan;
  readonly #actions: ViewActions;
  readonly #crumbs = element('nav', {class: 'flame-crumbs', 'aria-label': 'Zoomed to'});
  readonly #scroller: HTMLElement;
  readonly #layer: HTMLElement;
  readonly #observer: ResizeObserver;
  readonly #shown = new Map<Bar, HTMLElement>();
  #viewing: Viewing;
  #layout: FlameLayout = {levels: [], byId: new Map()};
  #size = {width: 0, height: 0};
  #frame = 0;
  /** The bar that had the focus is gone, and its successor is to have it. */
  #keepFocus = false;

  constructor(model: PlanModel, viewing: Viewing, actions: ViewActions) {
    this.#model = model;
    this.#plan = new FlamePlan(model, viewing.colourBy);
    this.#viewing = viewing;
    this.#actions = actions;
    this.#layer = element('div', {
      class: 'flame-layer',
      role: 'tree',
      'aria-label': 'Plan as a flame graph',
      'aria-describedby': 'flame-help',
      'aria-keyshortcuts': flameShortcuts,
      on: {
        click: event => this.#click(event),
        dblclick: event => this.#doubleClick(event),
        keydown: event => this.#key(event),
      },
    });
    this.#scroller = element(
      'div',
      {class: 'flame-scroller', on: {scroll: () => this.#schedule()}},
      this.#layer,
    );
    const help = element('p', {id: 'flame-help', class: 'for-screen-readers'}, flameKeysHelp);
    this.root = element('div', {class: 'flame'}, this.#crumbs, this.#scroller, help);
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this.#scroller);
  }

  update(viewing: Viewing): void {
    const before = this.#viewing;
    this.#viewing = viewing;
    const recoloured = viewing.colourBy !== before.colourBy;
    if (recoloured) this.#plan.colourBy = viewing.colourBy;
    const left = !this.#plan.isWithin(viewing.selected, this.#zoomed);
    // What is selected elsewhere is to be seen here too.
    if (left) this.#zoomTo(this.#around(viewing.selected));
    else if (recoloured || viewing.collapsed !== before.collapsed) this.#layOut();
    if (viewing.selected !== before.selected) this.#reveal();
    this.#schedule();
  }

  focus(): void {
    this.#draw();
    this.#elementOf(this.#cursor)?.focus({preventScroll: true});
  }

  dispose(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  get #zoomed(): number {
    return zooms.get(this.#model.attribution) ?? 0;
  }

  /** The bar under the keyboard: the selected node's, or that of the nearest one above that has one. */
  get #cursor(): Bar | undefined {
    for (const {id} of this.#plan.pathTo(this.#viewing.selected).toReversed()) {
      const bar = this.#layout.byId.get(id);
      if (bar !== undefined) return bar;
    }
    return this.#layout.levels[0]?.[0];
  }

  /** The smallest zoom above the present one that has the node in it. */
  #around(id: number): number {
    const path = this.#plan.pathTo(this.#zoomed).toReversed();
    return path.find(node => this.#plan.isWithin(id, node.id))?.id ?? 0;
  }

  #resize(): void {
    const {clientWidth: width, clientHeight: height} = this.#scroller;
    const first = this.#size.width === 0;
    this.#size = {width, height};
    if (width === 0) return;
    this.#layOut();
    if (first) this.#reveal();
    this.#draw();
  }

  #layOut(): void {
    const {width, height} = this.#size;
    if (width === 0) return;
    const levels = Math.ceil(height / barHeight) + 2 * levelsBeyond;
    const {nodes, weights} = this.#plan;
    const options = {nodes, weights, root: this.#zoomed, collapsed: this.#viewing.collapsed};
    let least = narrow / width;
    do {
      this.#layout = barsOf({...options, least});
      least *= 1.5;
    } while (mostBars(this.#layout, levels) > mostShown && least < 1);
    this.#keepFocus = this.#hadFocus();
    this.#clear();
    this.#layer.style.setProperty('height', `${this.#layout.levels.length * barHeight}px`);
    fill(this.#crumbs, ...crumbs(this.#plan, this.#zoomed, id => this.#zoomTo(id)));
    this.#crumbs.hidden = this.#zoomed === 0;
  }

  #clear(): void {
    for (const shown of this.#shown.values()) shown.remove();
    this.#shown.clear();
  }

  #zoomTo(id: number): void {
    this.#keepFocus = this.root.contains(document.activeElement);
    zooms.set(this.#model.attribution, id);
    this.#layOut();
    this.#scroller.scrollTop = 0;
    this.#reveal();
    this.#draw();
  }

  #zoomOut(): void {
    this.#zoomTo(this.#plan.nodes[this.#zoomed]?.parent ?? 0);
  }

  #reveal(): void {
    const top = (this.#cursor?.level ?? 0) * barHeight;
    const {scrollTop} = this.#scroller;
    const bottom = scrollTop + this.#size.height - barHeight;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top > bottom) this.#scroller.scrollTop = top - this.#size.height + 2 * barHeight;
  }

  #schedule(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#size.width === 0) return;
    const hadFocus = this.#hadFocus();
    const wanted = new Set(this.#visible());
    for (const [bar, shown] of this.#shown) {
      if (wanted.has(bar)) continue;
      shown.remove();
      this.#shown.delete(bar);
    }
    this.#layer.append(...[...wanted].filter(bar => !this.#shown.has(bar)).map(bar => this.#make(bar)));
    this.#mark();
    if (hadFocus) this.#elementOf(this.#cursor)?.focus({preventScroll: true});
    this.#keepFocus = false;
  }

  #hadFocus(): boolean {
    return this.#keepFocus || this.#layer.contains(document.activeElement);
  }

  /** The bar under the keyboard always has an element, so that the focus has a place. */
  #visible(): readonly Bar[] {
    const {scrollTop} = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / barHeight) - levelsBeyond);
    const last = Math.ceil((scrollTop + this.#size.height) / barHeight) + levelsBeyond;
    const bars = this.#layout.levels.slice(first, last + 1).flat();
    const cursor = this.#cursor;
    return cursor === undefined ? bars : [...bars, cursor];
  }

  #make(bar: Bar): HTMLElement {
    const {width} = this.#size;
    const collapsed = this.#viewing.collapsed.has(bar.id);
    const made = barElement(this.#plan, bar, bar.width * width, collapsed);
    made.style.setProperty('translate', `${bar.left * width}px ${bar.level * barHeight}px`);
    made.style.setProperty('width', `${Math.max(1.5, bar.width * width - 1)}px`);
    this.#shown.set(bar, made);
    return made;
  }

  #mark(): void {
    const {found} = this.#viewing;
    const cursor = this.#cursor;
    for (const [bar, shown] of this.#shown) {
      const isFound = found !== undefined && [bar.id, ...bar.merged].some(id => found.has(id));
      shown.tabIndex = bar === cursor ? 0 : -1;
      shown.setAttribute('aria-selected', String(bar === cursor));
      shown.classList.toggle('is-selected', bar === cursor);
      shown.classList.toggle('is-found', isFound);
      shown.classList.toggle('is-dimmed', found !== undefined && !isFound);
    }
  }

  #elementOf(bar: Bar | undefined): HTMLElement | undefined {
    return bar && this.#shown.get(bar);
  }

  #barAt(event: Event): Bar | undefined {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('.bar') : null;
    return target === null ? undefined : this.#layout.byId.get(Number(target.dataset['id']));
  }

  #click(event: MouseEvent): void {
    const bar = this.#barAt(event);
    if (bar === undefined) return;
    this.#actions.select(bar.id);
    this.focus();
  }

  #doubleClick(event: MouseEvent): void {
    const bar = this.#barAt(event);
    if (bar !== undefined) this.#zoomInto(bar);
  }

  /** Into the node itself; into the parent of what is too narrow; and out of where the zoom is already. */
  #zoomInto({id, merged}: Bar): void {
    const goal = merged.length > 0 ? (this.#plan.nodes[id]?.parent ?? 0) : id;
    if (goal !== this.#zoomed) this.#zoomTo(goal);
    else this.#actions.open(id);
  }

  #key(event: KeyboardEvent): void {
    const bar = this.#cursor;
    if (bar === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#keys(bar)[event.key];
    const next = act === undefined ? neighbourBar(event.key, bar, this.#layout) : undefined;
    if (act === undefined && next === undefined) return;
    // Escape leads out of other things when there is nothing to zoom out of.
    if (event.key === 'Escape' && this.#zoomed === 0) return;
    event.preventDefault();
    event.stopPropagation();
    act?.();
    if (next !== undefined) this.#actions.select(next.id);
  }

  #keys(bar: Bar): Readonly<Record<string, () => void>> {
    return {
      Enter: () => this.#zoomInto(bar),
      Backspace: () => this.#zoomOut(),
      Escape: () => this.#zoomOut(),
      ' ': () => this.#toggle(bar),
      '*': () => this.#expandAll(),
      Home: () => this.#actions.select(this.#zoomed),
    };
  }

  #toggle({id, merged}: Bar): void {
    const hasChildren = (this.#plan.nodes[id]?.children.length ?? 0) > 0;
    if (merged.length === 0 && hasChildren) this.#actions.toggle(id);
  }

  #expandAll(): void {
    for (const id of this.#viewing.collapsed) this.#actions.toggle(id);
  }
}
