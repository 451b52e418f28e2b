import type {Point} from './graph-camera.ts';

export interface Gestures {
  pan(dx: number, dy: number): void;
  zoom(at: Point, factor: number): void;
  click(event: MouseEvent, at: Point): void;
  open(event: MouseEvent, at: Point): void;
}

/** A press that moves less is a click. */
const slack = 4;
/** Lines of a wheel that counts in lines. */
const lineHeight = 16;

/** Listens to mouse, touch pad and wheel on the surface. @returns the call that stops it */
export function listen(surface: HTMLElement, gestures: Gestures): () => void {
  const stop = new AbortController();
  const at = ({clientX, clientY}: MouseEvent): Point => {
    const {left, top} = surface.getBoundingClientRect();
    return {x: clientX - left, y: clientY - top};
  };
  const drag = dragging(surface, gestures);
  const on = <E extends keyof HTMLElementEventMap>(
    type: E,
    listener: (event: HTMLElementEventMap[E]) => void,
  ): void => surface.addEventListener(type, listener, {signal: stop.signal, passive: false});
  on('pointerdown', drag.start);
  on('pointermove', drag.move);
  on('pointerup', drag.end);
  on('pointercancel', drag.end);
  // A press would focus the card under it, and a drag is not meant for that card.
  on('mousedown', event => event.preventDefault());
  on('click', event => {
    if (!drag.moved()) gestures.click(event, at(event));
  });
  on('dblclick', event => gestures.open(event, at(event)));
  on('wheel', event => {
    event.preventDefault();
    wheel(event, at(event), gestures);
  });
  return () => stop.abort();
}

function wheel(event: WheelEvent, at: Point, gestures: Gestures): void {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1;
  // A pinch on a touch pad comes as a wheel with Ctrl, in small steps.
  if (event.ctrlKey || event.metaKey) {
    const delta = Math.max(-100, Math.min(100, event.deltaY * unit));
    return gestures.zoom(at, Math.exp(-delta * (Math.abs(delta) < 20 ? 0.01 : 0.0025)));
  }
  const sideways = event.shiftKey && event.deltaX === 0;
  const [dx, dy] = sideways ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
  gestures.pan(-dx * unit, -dy * unit);
}

interface Drag {
  readonly start: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly end: () => void;
  /** Whether the last press moved the drawing. */
  moved(): boolean;
}

function dragging(surface: HTMLElement, gestures: Gestures): Drag {
  let last: Point | undefined;
  let travelled = 0;
  return {
    start({button, clientX, clientY}) {
      if (button > 1) return;
      last = {x: clientX, y: clientY};
      travelled = 0;
    },
    move({clientX, clientY, pointerId, buttons}) {
      if (last === undefined || buttons === 0) return;
      travelled += Math.abs(clientX - last.x) + Math.abs(clientY - last.y);
      if (travelled < slack) return;
      // Only now: a captured pointer clicks on the surface and not on what is under it.
      if (!surface.hasPointerCapture(pointerId)) surface.setPointerCapture(pointerId);
      surface.classList.add('is-dragged');
      gestures.pan(clientX - last.x, clientY - last.y);
      last = {x: clientX, y: clientY};
    },
    end() {
      last = undefined;
      surface.classList.remove('is-dragged');
    },
    moved: () => travelled >= slack,
  };
}
