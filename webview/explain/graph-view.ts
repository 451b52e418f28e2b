import {element} from '../ui/element.ts';
import {onThemeChange, themeColours, type ThemeColours} from './colour-theme.ts';
import {seenArea, zoomDown, type Point} from './graph-camera.ts';
import {paint} from './graph-canvas.ts';
import type {Detail} from './graph-card.ts';
import {GraphCards} from './graph-cards.ts';
import {GraphDrawing} from './graph-drawing.ts';
import {listen} from './graph-gestures.ts';
import {commandOf, keysHelp, keyShortcuts, type GraphCommand} from './graph-keys.ts';
import {boxAt, boxesIn, type Box} from './graph-layout.ts';
import {GraphSight} from './graph-sight.ts';
import {graphTools, type Tools} from './graph-tools.ts';
import type {MakeView, PlanModel, PlanView, ViewActions, Viewing} from './model.ts';

/** The plan as a tree with the root at the top: rows flow upwards, along edges that are as wide as they are many. */
export const graphView: MakeView = (model, viewing, actions) => new GraphView(model, viewing, actions);

/** Cards that are near enough to read everything, to read their titles, and how many of these the page can carry. */
const details = {full: {zoom: 0.58, cards: 70}, brief: {zoom: 0.3, cards: 220}} as const;
/** Cards are made before they come into sight; px at 100 %. */
const beyond = 120;

interface Anchor {
  readonly key: number;
  readonly at: Point;
}

class GraphView implements PlanView {
  readonly root: HTMLElement;
  readonly #drawing: GraphDrawing;
  readonly #sight: GraphSight;
  readonly #actions: ViewActions;
  readonly #canvas = element('canvas', {class: 'graph-canvas', 'aria-hidden': 'true'});
  readonly #layer: HTMLElement;
  readonly #tools: Tools;
  readonly #cards: GraphCards;
  readonly #stops: readonly (() => void)[];
  #colours: ThemeColours | undefined;
  /** The key of the item that the keyboard is at: the selected one, or a stack. */
  #cursor: number;
  #frame = 0;
  /** The card that had the focus is gone, and its successor is to have it. */
  #keepFocus = false;

  constructor(model: PlanModel, viewing: Viewing, actions: ViewActions) {
    this.#drawing = new GraphDrawing(model, viewing);
    this.#sight = new GraphSight(this.#drawing, () => this.#schedule());
    this.#actions = actions;
    this.#cursor = this.#selected;
    this.#layer = element('div', {
      class: 'graph-layer',
      role: 'tree',
      'aria-label': 'Plan as a graph',
      'aria-describedby': 'graph-help',
      'aria-keyshortcuts': keyShortcuts,
      on: {keydown: event => this.#key(event), focusin: event => this.#focused(event)},
    });
    const surface = element('div', {class: 'graph-surface'}, this.#canvas, this.#layer);
    this.#cards = new GraphCards(this.#layer, this.#drawing.plan);
    this.#tools = this.#makeTools();
    const help = element('p', {id: 'graph-help', class: 'for-screen-readers'}, keysHelp);
    this.root = element('div', {class: 'graph'}, surface, this.#tools.root, help);
    this.#stops = [this.#listen(surface), this.#watchSize(surface), onThemeChange(() => this.#recolour())];
  }

  update(viewing: Viewing): void {
    const moved = viewing.selected !== this.#drawing.viewing.selected;
    const anchor = this.#anchor();
    if (this.#drawing.update(viewing)) this.#redraw(anchor);
    if (moved || this.#drawing.itemAt(this.#cursor) === undefined) this.#cursor = this.#selected;
    if (moved) this.#reveal();
    this.#schedule();
  }

  focus(): void {
    this.#draw();
    this.#cards.focus(this.#cursor);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#sight.stop();
    cancelAnimationFrame(this.#frame);
  }

  /** The key of the item that shows the selected node. */
  get #selected(): number {
    return this.#drawing.itemOf(this.#drawing.viewing.selected)?.key ?? 0;
  }

  #listen(surface: HTMLElement): () => void {
    return listen(surface, {
      pan: (dx, dy) => this.#sight.pan(dx, dy),
      zoom: (at, factor) => this.#sight.zoomAt(at, factor),
      click: (event, at) => this.#click(event, at),
      open: (event, at) => this.#open(event, at),
    });
  }

  #watchSize(surface: HTMLElement): () => void {
    const observer = new ResizeObserver(() => {
      this.#sight.resize({width: surface.clientWidth, height: surface.clientHeight});
      // Not in the next frame: the canvas would be seen stretched until then.
      this.#draw();
    });
    observer.observe(surface);
    return () => observer.disconnect();
  }

  #makeTools(): Tools {
    return graphTools({
      zoom: factor => this.#sight.zoom(factor),
      actualSize: () => this.#sight.actualSize(),
      fit: () => this.#sight.fit(),
      centre: () => this.#centre(),
      expandAll: () => this.#expandAll(),
    });
  }

  #recolour(): void {
    this.#colours = undefined;
    this.#schedule();
  }

  /** Where the item under the keyboard is on the screen, so that it can stay there. */
  #anchor(): Anchor | undefined {
    const box = this.#drawing.boxOf(this.#cursor);
    return box && {key: box.item.key, at: this.#sight.placeOf(box)};
  }

  #redraw(anchor: Anchor | undefined): void {
    this.#keepFocus = this.#hadFocus();
    this.#cards.clear();
    const box = anchor && this.#drawing.boxOf(anchor.key);
    if (anchor !== undefined && box !== undefined) this.#sight.hold(box, anchor.at);
  }

  #reveal(): void {
    const box = this.#drawing.boxOf(this.#cursor);
    if (box !== undefined) this.#sight.reveal(box);
  }

  #centre(): void {
    const box = this.#drawing.boxOf(this.#cursor);
    if (box !== undefined) this.#sight.centre(box);
  }

  #schedule(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#sight.ready) return;
    const hadFocus = this.#hadFocus();
    const {detail, boxes} = this.#visible();
    const {camera} = this.#sight;
    const move = `translate(${camera.x}px, ${camera.y}px)`;
    this.#layer.style.setProperty('transform', `${move} scale(${camera.zoom}, ${zoomDown(camera)})`);
    this.#cards.show(boxes, detail);
    const {dimmed, found, folds, viewing} = this.#drawing;
    this.#cards.mark({cursor: this.#cursor, selected: this.#selected, dimmed, found});
    this.#paint(detail === 'far');
    this.#tools.update(camera.zoom, folds.foldsAnything || viewing.collapsed.size > 0);
    if (hadFocus) this.#cards.focus(this.#cursor);
    this.#keepFocus = false;
  }

  #hadFocus(): boolean {
    return this.#keepFocus || this.#layer.contains(document.activeElement);
  }

  /** The card under the keyboard always has an element, so that the focus has a place. */
  #visible(): {readonly detail: Detail; readonly boxes: readonly Box[]} {
    const {camera, viewport} = this.#sight;
    const {left, top, right, bottom} = seenArea(camera, viewport);
    const area = {left: left - beyond, top: top - beyond, right: right + beyond, bottom: bottom + beyond};
    const boxes = boxesIn(this.#drawing.layout, area);
    const detail = detailFor(camera.zoom, boxes.length);
    const cursor = this.#drawing.boxOf(this.#cursor);
    const near = detail === 'far' ? [] : boxes;
    return {detail, boxes: cursor === undefined || near.includes(cursor) ? near : [...near, cursor]};
  }

  #paint(far: boolean): void {
    this.#colours ??= themeColours(this.root);
    const {plan, layout, dimmed} = this.#drawing;
    const {camera, viewport} = this.#sight;
    const selected = this.#selected;
    const path = this.#drawing.pathTo(selected);
    const colours = this.#colours;
    paint(this.#canvas, {plan, layout, camera, viewport, colours, far, path, selected, dimmed});
  }

  #focused({target}: FocusEvent): void {
    const key = this.#cards.keyAt(target);
    if (key !== undefined && key !== this.#cursor) this.#move(key);
  }

  #keyOf(event: MouseEvent, at: Point): number | undefined {
    const {x, y} = this.#sight.pointAt(at);
    return this.#cards.keyAt(event.target) ?? boxAt(this.#drawing.layout, x, y)?.item.key;
  }

  #click(event: MouseEvent, at: Point): void {
    const key = this.#keyOf(event, at);
    if (key === undefined) return;
    this.#move(key);
    if (onChip(event) || key < 0) this.#toggle(key);
    this.focus();
  }

  #open(event: MouseEvent, at: Point): void {
    const key = this.#keyOf(event, at);
    if (key !== undefined && key >= 0 && !onChip(event)) this.#actions.open(key);
  }

  #move(key: number): void {
    this.#cursor = key;
    if (key >= 0 && key !== this.#drawing.viewing.selected) return this.#actions.select(key);
    this.#reveal();
    this.#schedule();
  }

  #toggle(key: number): void {
    if (this.#drawing.itemAt(key)?.folds !== true) return;
    const anchor = this.#anchor();
    if (!this.#drawing.folds.toggle(key)) return this.#actions.toggle(key);
    this.#drawing.layOut();
    this.#redraw(anchor);
    // What the user closed themselves is for the page to open.
    if (this.#drawing.viewing.collapsed.has(key)) this.#actions.toggle(key);
    this.#schedule();
  }

  #expandAll(): void {
    const anchor = this.#anchor();
    this.#drawing.folds.openAll();
    this.#drawing.layOut();
    this.#redraw(anchor);
    for (const id of this.#drawing.viewing.collapsed) this.#actions.toggle(id);
    this.#schedule();
  }

  #key(event: KeyboardEvent): void {
    const at = this.#drawing.itemAt(this.#cursor);
    const command = at && commandOf(event, at, this.#drawing.layout);
    if (command === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#perform(command);
  }

  #perform(command: GraphCommand): void {
    switch (command.kind) {
      case 'move':
        return this.#move(command.to);
      case 'slowest':
        return this.#move(this.#drawing.plan.slowestPath().at(-1) ?? 0);
      case 'pan':
        return this.#sight.pan(command.x, command.y);
      case 'zoom':
        return this.#sight.zoom(command.factor);
      case 'open':
        return this.#cursor < 0 ? this.#toggle(this.#cursor) : this.#actions.open(this.#cursor);
      case 'toggle':
        return this.#toggle(this.#cursor);
      case 'expand-all':
        return this.#expandAll();
      case 'actual-size':
        return this.#sight.actualSize();
      case 'fit':
        return this.#sight.fit();
      case 'centre':
        return this.#centre();
      case 'none':
        return;
      default:
        return command satisfies never;
    }
  }
}

function detailFor(zoom: number, cards: number): Detail {
  if (zoom >= details.full.zoom && cards <= details.full.cards) return 'full';
  return zoom >= details.brief.zoom && cards <= details.brief.cards ? 'brief' : 'far';
}

function onChip({target}: MouseEvent): boolean {
  return target instanceof Element && target.closest('.card-chip') !== null;
}
