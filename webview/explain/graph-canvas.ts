import {formatRows} from '../../src/core/explain/words.ts';
import type {ThemeColours} from './colour-theme.ts';
import {seenArea, type Viewport} from './graph-camera.ts';
import {edgesIn, edgePath, edgeWidth, type Edge} from './graph-edges.ts';
import {paintOverview, type Drawing} from './graph-overview.ts';
import {boxesIn, card, type Area, type Box} from './graph-layout.ts';
import {titleParts} from './graph-words.ts';

/** From here on there is room for edges, and for names. */
const overview = 0.16;

/** Draws everything but the cards near enough to be read: edges, and from far the cards as coloured rectangles. */
export function paint(canvas: HTMLCanvasElement, drawing: Drawing): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const {viewport, camera, layout} = drawing;
  const ratio = fitTo(canvas, viewport);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, viewport.width, viewport.height);
  if (camera.zoom < overview) return paintOverview(context, drawing);
  context.setTransform(ratio * camera.zoom, 0, 0, ratio * camera.zoom, ratio * camera.x, ratio * camera.y);
  const area = seenArea(camera, viewport);
  paintEdges(context, drawing, area);
  if (drawing.far) for (const box of boxesIn(layout, area)) paintFar(context, drawing, box);
}

/** @returns device pixels for each pixel of the page */
function fitTo(canvas: HTMLCanvasElement, {width, height}: Viewport): number {
  const ratio = window.devicePixelRatio;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  return ratio;
}

function paintEdges(context: CanvasRenderingContext2D, drawing: Drawing, area: Area): void {
  const {plan, layout, colours, camera, path} = drawing;
  const edges = edgesIn(layout, plan, area);
  // The emphasised ones lie above the others.
  const order = [
    ...edges.filter(({below}) => !path.has(below)),
    ...edges.filter(({below}) => path.has(below)),
  ];
  for (const edge of order) {
    const emphasised = edge.kind !== 'reference' && path.has(edge.below);
    context.strokeStyle = edgeColour(edge, emphasised, colours);
    // A hair that is thinner than a pixel is not seen from far.
    context.lineWidth = Math.max(edgeWidth(edge), 0.75 / camera.zoom);
    context.setLineDash(dashes[edge.kind]);
    context.lineCap = edge.kind === 'reference' ? 'round' : 'butt';
    context.stroke(new Path2D(edgePath(edge)));
  }
  context.setLineDash([]);
  if (camera.zoom > 0.45) for (const edge of order) label(context, edge, colours);
}

export const dashes: Readonly<Record<Edge['kind'], number[]>> = {
  input: [],
  side: [8, 5],
  reference: [0.1, 6],
};

function edgeColour({kind}: Edge, emphasised: boolean, {path, edge, side}: ThemeColours): string {
  if (emphasised) return path;
  return kind === 'input' ? edge : side;
}

function label(context: CanvasRenderingContext2D, edge: Edge, {faint, paper, font}: ThemeColours): void {
  const words = edgeLabel(edge);
  if (words === '') return;
  context.font = `11px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const {width} = context.measureText(words);
  const [x, y] = [edge.to.x, edge.to.y - 15];
  context.fillStyle = paper;
  context.fillRect(x - width / 2 - 3, y - 7, width + 6, 14);
  context.fillStyle = faint;
  context.fillText(words, x, y);
}

/** @returns the rows that flow, and what the child is where it is no input */
export function edgeLabel({rows, side, kind}: Edge): string {
  if (kind === 'reference') return '';
  return side === undefined ? formatRows(rows) : `${side} · ${formatRows(rows)}`;
}

function paintFar(context: CanvasRenderingContext2D, drawing: Drawing, box: Box): void {
  const {plan, colours, camera, selected, dimmed} = drawing;
  const shade = plan.shadeOf(box.item);
  context.globalAlpha = dimmed(box) ? 0.3 : 1;
  context.fillStyle = shade.level === 0 ? colours.tint(shade) : colours.shade(shade);
  context.fillRect(box.x, box.y, card.width, card.height);
  if (colours.contrast) {
    context.strokeStyle = colours.line;
    context.lineWidth = 1 / camera.zoom;
    context.strokeRect(box.x, box.y, card.width, card.height);
  }
  farTitle(context, drawing, box);
  context.globalAlpha = 1;
  if (box.item.key !== selected) return;
  context.strokeStyle = colours.accent;
  context.lineWidth = 3 / camera.zoom;
  context.strokeRect(box.x, box.y, card.width, card.height);
}

/** Big, because it is seen from far, and with the background around it on which the theme's text is legible. */
function farTitle(context: CanvasRenderingContext2D, {colours, plan}: Drawing, {item, x, y}: Box): void {
  const words = item.kind === 'stack' ? `× ${formatRows(item.stacked.length)}` : titleParts(item.node).step;
  context.fillStyle = colours.tint(plan.shadeOf(item));
  context.fillRect(x + 8, y + 18, card.width - 16, card.height - 36);
  context.fillStyle = colours.ink;
  context.font = `600 34px ${colours.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(words, x + card.width / 2, y + card.height / 2 + 1, card.width - 24);
}
