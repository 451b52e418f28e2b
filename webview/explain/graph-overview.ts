import type {ThemeColours} from './colour-theme.ts';
import {seenArea, zoomDown, type Camera, type Viewport} from './graph-camera.ts';
import {boxesIn, card, type Box, type GraphLayout} from './graph-layout.ts';
import type {GraphPlan} from './graph-plan.ts';

/** What is to be painted, and how it is seen. */
export interface Drawing {
  readonly plan: GraphPlan;
  readonly layout: GraphLayout;
  readonly camera: Camera;
  readonly viewport: Viewport;
  readonly colours: ThemeColours;
  /** Cards are drawn here too, not as elements. */
  readonly far: boolean;
  /** Keys from the root to the selected item. */
  readonly path: ReadonlySet<number>;
  readonly selected: number;
  readonly dimmed: (box: Box) => boolean;
}

/** px of the screen that what is unremarkable takes at least, and what is not. */
const least = {width: 1.5, height: 3, marked: 4} as const;

/**
 * Thousands of nodes as coloured marks, level under level: what is strongest is painted last, and larger than it is, so
 * that it is seen among the others.
 */
export function paintOverview(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const {layout, camera, viewport, plan, selected} = drawing;
  const boxes = boxesIn(layout, seenArea(camera, viewport));
  paintLines(context, drawing, boxes);
  const levels: Box[][] = [];
  for (const box of boxes) (levels[plan.shadeOf(box.item).level] ??= []).push(box);
  for (const [level, row] of levels.entries())
    for (const box of row ?? []) paintMark(context, drawing, box, level);
  const chosen = layout.boxes.get(selected);
  if (chosen !== undefined) paintChosen(context, drawing, chosen);
}

function paintMark(context: CanvasRenderingContext2D, drawing: Drawing, box: Box, level: number): void {
  const {camera, colours, plan, dimmed} = drawing;
  const {x, y, width, height} = place(camera, box, level > 0 ? least.marked : least.width);
  const shade = plan.shadeOf(box.item);
  context.globalAlpha = dimmed(box) ? 0.25 : 1;
  context.fillStyle = colours.shade(shade);
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
}

function paintChosen(context: CanvasRenderingContext2D, {camera, colours}: Drawing, box: Box): void {
  const {x, y, width, height} = place(camera, box, least.marked);
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.strokeRect(x - 3, y - 3, width + 6, height + 6);
}

/** Straight and thin, and one only where several would lie on each other. */
function paintLines(context: CanvasRenderingContext2D, drawing: Drawing, boxes: readonly Box[]): void {
  const {layout, camera, colours, path} = drawing;
  const [others, chosen] = [new Path2D(), new Path2D()];
  let last = Number.NEGATIVE_INFINITY;
  for (const box of boxes) {
    const above = box.item.parent && layout.boxes.get(box.item.parent.key);
    if (above === undefined) continue;
    const [from, to] = [middle(camera, above, card.height), middle(camera, box, 0)];
    const onPath = path.has(box.item.key);
    if (!onPath && Math.abs(to.x - last) < 1) continue;
    last = to.x;
    const line = onPath ? chosen : others;
    line.moveTo(from.x, from.y);
    line.lineTo(to.x, to.y);
  }
  context.lineWidth = 1;
  context.strokeStyle = colours.edge;
  context.stroke(others);
  context.lineWidth = 2;
  context.strokeStyle = colours.path;
  context.stroke(chosen);
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function place(camera: Camera, box: Box, atLeast: number): Place {
  const down = zoomDown(camera);
  const width = Math.max(atLeast, card.width * camera.zoom);
  const height = Math.max(least.height, card.height * down);
  const centre = (box.x + card.width / 2) * camera.zoom + camera.x;
  return {x: centre - width / 2, y: box.y * down + camera.y, width, height};
}

function middle(camera: Camera, box: Box, below: number): {readonly x: number; readonly y: number} {
  const x = (box.x + card.width / 2) * camera.zoom + camera.x;
  return {x, y: (box.y + below) * zoomDown(camera) + camera.y};
}
