import {card, type Area, type Box, type GraphLayout} from './graph-layout.ts';

/** Where the drawing lies: a point of it is on the screen at its place × zoom + (x, y). */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** Down the page it is zoomed out no farther than this; see `limitsOf`. */
  readonly floor: number;
  readonly least: number;
}

export type Limits = Pick<Camera, 'floor' | 'least'>;

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
const most = 2.5;
/** At this zoom a level is 8 px high. */
const levelSeen = 0.06;

/**
 * Thousands of nodes are a hundred times wider than high, and at a zoom that has them all in sight a level would be less
 * than a pixel high. So from there on only the width is zoomed.
 */
export function limitsOf({width, height}: GraphLayout, viewport: Viewport): Limits {
  const down = (viewport.height - 2 * margin) / height;
  const across = (viewport.width - 2 * margin) / width;
  return {floor: clamp(down, 0.0001, levelSeen), least: clamp(across * 0.8, 0.0001, 0.1)};
}

/** @returns the zoom down the page */
export function zoomDown({zoom, floor}: Pick<Camera, 'zoom' | 'floor'>): number {
  return Math.max(zoom, floor);
}

/** @returns what is seen of the drawing */
export function seenArea(camera: Camera, {width, height}: Viewport): Area {
  const {x, y, zoom} = camera;
  const down = zoomDown(camera);
  return {left: -x / zoom, top: -y / down, right: (width - x) / zoom, bottom: (height - y) / down};
}

/** @returns the camera that zooms by a factor and leaves the point of the screen where it is */
export function zoomedAt(camera: Camera, at: Point, factor: number): Camera {
  const {x, y} = camera;
  const next = {...camera, zoom: clamp(camera.zoom * factor, camera.least, most)};
  const across = next.zoom / camera.zoom;
  const down = zoomDown(next) / zoomDown(camera);
  return {...next, x: at.x - (at.x - x) * across, y: at.y - (at.y - y) * down};
}

/** @returns the camera that shows an area whole, at 100 % at most */
export function framed(area: Area, {width, height}: Viewport, limits: Limits): Camera {
  const across = area.right - area.left;
  const down = area.bottom - area.top;
  const fitAcross = (width - 2 * margin) / across;
  const fitDown = (height - 2 * margin) / down;
  const fit =
    fitDown < limits.floor
      ? fitDown
      : Math.max(Math.min(fitAcross, fitDown), Math.min(fitAcross, limits.floor));
  const camera = {...limits, zoom: clamp(fit, limits.least, 1), x: 0, y: 0};
  const stretched = zoomDown(camera);
  return {
    ...camera,
    x: width / 2 - ((area.left + area.right) / 2) * camera.zoom,
    y: Math.max(margin, (height - down * stretched) / 4) - area.top * stretched,
  };
}

/** @returns the camera that shows the whole drawing */
export function fitted(layout: GraphLayout, viewport: Viewport): Camera {
  const {width: right, height: bottom} = layout;
  return framed({left: 0, top: 0, right, bottom}, viewport, limitsOf(layout, viewport));
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
    const camera = framed(around(path.slice(from)), viewport, whole);
    if (camera.zoom >= readable || from === path.length - 1) return camera;
  }
  return whole;
}

/** @returns the camera that has a box in the middle, and is not farther than can be read */
export function centred(camera: Camera, box: Box, {width, height}: Viewport): Camera {
  const zoom = Math.max(camera.zoom, readable);
  return {
    ...camera,
    zoom,
    x: width / 2 - (box.x + card.width / 2) * zoom,
    y: height / 2 - (box.y + card.height / 2) * zoom,
  };
}

/** @returns the camera moved as little as brings a box into sight; the same one where it is in sight */
export function revealed(camera: Camera, box: Box, {width, height}: Viewport): Camera {
  const {x, y, zoom} = camera;
  const down = zoomDown(camera);
  const left = box.x * zoom + x;
  const top = box.y * down + y;
  const dx = shift(left, left + card.width * zoom, width);
  const dy = shift(top, top + card.height * down, height);
  return dx === 0 && dy === 0 ? camera : {...camera, x: x + dx, y: y + dy};
}

/** @returns the camera moved back where it would show nothing of the drawing */
export function kept(camera: Camera, layout: GraphLayout, {width, height}: Viewport): Camera {
  const least = 60;
  return {
    ...camera,
    x: clamp(camera.x, least - layout.width * camera.zoom, width - least),
    y: clamp(camera.y, least - layout.height * zoomDown(camera), height - least),
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
