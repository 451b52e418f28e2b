import {card, type Area, type Box, type GraphLayout} from './graph-layout.ts';

/** Where the drawing lies: a point of it is on the screen at its place × zoom + (x, y). */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What is seen of the page, in px. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Smaller than this nobody reads a card. */
const readable = 0.62;
const margin = 28;
const zooms = {least: 0.01, most: 2.5} as const;

/** @returns what is seen of the drawing */
export function seenArea({x, y, zoom}: Camera, {width, height}: Viewport): Area {
  return {left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom};
}

/** @returns the camera that zooms by a factor and leaves the point of the screen where it is */
export function zoomedAt({x, y, zoom}: Camera, at: Point, factor: number): Camera {
  const next = clamp(zoom * factor, zooms.least, zooms.most);
  const ratio = next / zoom;
  return {zoom: next, x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio};
}

/** @returns the camera that shows an area whole, at 100 % at most */
export function framed(area: Area, {width, height}: Viewport): Camera {
  const across = area.right - area.left;
  const down = area.bottom - area.top;
  const fit = Math.min((width - 2 * margin) / across, (height - 2 * margin) / down);
  const zoom = clamp(fit, zooms.least, 1);
  return {
    zoom,
    x: width / 2 - ((area.left + area.right) / 2) * zoom,
    y: Math.max(margin - area.top * zoom, (height - down * zoom) / 4 - area.top * zoom),
  };
}

/** @returns the camera that shows the whole drawing */
export function fitted({width, height}: GraphLayout, viewport: Viewport): Camera {
  return framed({left: 0, top: 0, right: width, bottom: height}, viewport);
}

/**
 * The first look: all of it where it can be read so; else the way from the root to what took the most, as far up from
 * there as can be read.
 * @param path the boxes of that way, the root first
 */
export function firstLook(layout: GraphLayout, viewport: Viewport, path: readonly Box[]): Camera {
  const whole = fitted(layout, viewport);
  if (whole.zoom >= readable) return whole;
  for (let from = 0; from < path.length; from++) {
    const camera = framed(around(path.slice(from)), viewport);
    if (camera.zoom >= readable || from === path.length - 1) return camera;
  }
  return whole;
}

/** @returns the camera that has a box in the middle, and is not farther than can be read */
export function centred(camera: Camera, box: Box, {width, height}: Viewport): Camera {
  const zoom = Math.max(camera.zoom, readable);
  return {
    zoom,
    x: width / 2 - (box.x + card.width / 2) * zoom,
    y: height / 2 - (box.y + card.height / 2) * zoom,
  };
}

/** @returns the camera moved as little as brings a box into sight; the same one where it is in sight */
export function revealed(camera: Camera, box: Box, {width, height}: Viewport): Camera {
  const {x, y, zoom} = camera;
  const left = box.x * zoom + x;
  const top = box.y * zoom + y;
  const dx = shift(left, left + card.width * zoom, width);
  const dy = shift(top, top + card.height * zoom, height);
  return dx === 0 && dy === 0 ? camera : {zoom, x: x + dx, y: y + dy};
}

/** @returns the camera moved back where it would show nothing of the drawing */
export function kept(camera: Camera, layout: GraphLayout, {width, height}: Viewport): Camera {
  const least = 60;
  return {
    zoom: camera.zoom,
    x: clamp(camera.x, least - layout.width * camera.zoom, width - least),
    y: clamp(camera.y, least - layout.height * camera.zoom, height - least),
  };
}

function around(boxes: readonly Box[]): Area {
  const lefts = boxes.map(({x}) => x);
  const tops = boxes.map(({y}) => y);
  return {
    left: Math.min(...lefts),
    top: Math.min(...tops),
    right: Math.max(...lefts) + card.width,
    bottom: Math.max(...tops) + card.height,
  };
}

/** @returns by how much an interval has to move to lie within `size`, with a margin where there is room for one */
function shift(from: number, to: number, size: number): number {
  const space = Math.max(0, Math.min(margin, (size - (to - from)) / 2));
  if (from < space) return space - from;
  return to > size - space ? size - space - to : 0;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
