import {element} from '../ui/element.ts';
import {fontOf} from './picture-sheet.ts';

/** No browser has larger canvases: px on a side, and in all. */
const largest = {side: 16_384, area: 120_000_000} as const;

/**
 * Draws a picture made here on a canvas, shape by shape. An image element cannot do it: the page's policy lets it load
 * nothing, not even what it made itself.
 * @param scale px for each unit; less where the canvas would become too large
 * @returns the PNG as base64, without a prefix
 */
export function pngOfSvg(svg: string, scale: number): string {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const [width, height] = [number(root, 'width'), number(root, 'height')];
  const fitting = Math.min(
    scale,
    largest.side / width,
    largest.side / height,
    Math.sqrt(largest.area / (width * height)),
  );
  const canvas = element('canvas', {
    width: Math.max(1, Math.floor(width * fitting)),
    height: Math.max(1, Math.floor(height * fitting)),
  });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this page cannot draw');
  context.scale(fitting, fitting);
  for (const shape of root.children) painters[shape.tagName]?.(context, shape);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

type Paint = (context: CanvasRenderingContext2D, shape: Element) => void;

/** For the shapes that a sheet has, and no others. */
const painters: Readonly<Record<string, Paint>> = {
  rect(context, shape) {
    const [x, y] = [number(shape, 'x'), number(shape, 'y')];
    context.beginPath();
    context.roundRect(x, y, number(shape, 'width'), number(shape, 'height'), number(shape, 'rx'));
    context.fillStyle = text(shape, 'fill');
    context.fill();
    stroke(context, shape);
  },
  path(context, shape) {
    stroke(context, shape, new Path2D(text(shape, 'd')));
  },
  text(context, shape) {
    context.font = fontOf(number(shape, 'font-size'), shape.hasAttribute('font-weight'));
    context.textAlign = alignments[text(shape, 'text-anchor')] ?? 'left';
    context.fillStyle = text(shape, 'fill');
    context.fillText(shape.textContent, number(shape, 'x'), number(shape, 'y'));
  },
};

const alignments: Readonly<Record<string, CanvasTextAlign>> = {middle: 'center', end: 'right'};

function stroke(context: CanvasRenderingContext2D, shape: Element, path?: Path2D): void {
  const colour = text(shape, 'stroke');
  if (colour === '') return;
  const dashes = text(shape, 'stroke-dasharray');
  context.strokeStyle = colour;
  context.lineWidth = shape.hasAttribute('stroke-width') ? number(shape, 'stroke-width') : 1;
  context.setLineDash(dashes === '' ? [] : dashes.split(' ').map(Number));
  context.lineCap = dashes === '' ? 'butt' : 'round';
  if (path === undefined) context.stroke();
  else context.stroke(path);
  context.setLineDash([]);
}

function text(shape: Element, name: string): string {
  return shape.getAttribute(name) ?? '';
}

function number(shape: Element, name: string): number {
  return Number(shape.getAttribute(name) ?? 0);
}
