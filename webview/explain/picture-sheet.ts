import {element} from '../ui/element.ts';

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dashes?: readonly number[];
}

export interface RectStyle {
  readonly fill: string;
  readonly stroke?: string;
  readonly radius?: number;
}

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** px; what is longer ends with an ellipsis. */
  readonly room?: number;
}

/** Where every machine has a font of that name; what is measured here is close to what others draw. */
export const fontFamily = 'system-ui, sans-serif';

/** Collects shapes, and writes them as an SVG that needs nothing but itself. */
export class Sheet {
  readonly #parts: string[] = [];
  readonly #context = element('canvas').getContext('2d');

  rect(x: number, y: number, width: number, height: number, {fill, stroke, radius = 0}: RectStyle): void {
    const edge = stroke === undefined ? '' : ` stroke="${stroke}"`;
    const size = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
    this.#parts.push(`<rect ${size}${radius > 0 ? ` rx="${radius}"` : ''} fill="${fill}"${edge}/>`);
  }

  line(path: string, {colour, width, dashes = []}: Stroke): void {
    const dash = dashes.length > 0 ? ` stroke-dasharray="${dashes.join(' ')}" stroke-linecap="round"` : '';
    this.#parts.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="${n(width)}"${dash}/>`);
  }

  /** @returns the width of what was written, px */
  text(text: string, x: number, y: number, style: TextStyle): number {
    const {size, fill, bold = false, anchor = 'start', room} = style;
    const shown = room === undefined ? text : this.#clipped(text, style, room);
    const attributes = [
      `x="${n(x)}" y="${n(y)}" font-size="${size}"`,
      ...(bold ? ['font-weight="600"'] : []),
      ...(anchor === 'start' ? [] : [`text-anchor="${anchor}"`]),
      `fill="${fill}"`,
    ];
    this.#parts.push(`<text ${attributes.join(' ')}>${escaped(shown)}</text>`);
    return this.width(shown, style);
  }

  width(text: string, {size, bold = false}: Pick<TextStyle, 'size' | 'bold'>): number {
    if (this.#context === null) return text.length * size * 0.55;
    this.#context.font = fontOf(size, bold);
    return this.#context.measureText(text).width;
  }

  /** @param description is read out instead of the picture */
  svg(size: {width: number; height: number}, title: string, description: string, paper: string): string {
    const [width, height] = [Math.ceil(size.width), Math.ceil(size.height)];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}"`,
      ` viewBox="0 0 ${width} ${height}" font-family="${fontFamily}">`,
      `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`,
      `<rect width="${width}" height="${height}" fill="${paper}"/>`,
      ...this.#parts,
      '</svg>',
    ].join('\n');
  }

  #clipped(text: string, style: TextStyle, room: number): string {
    if (this.width(text, style) <= room) return text;
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.width(`${text.slice(0, middle).trimEnd()}…`, style) <= room) low = middle;
      else high = middle - 1;
    }
    return low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`;
  }
}

/** @returns a font for a canvas, as the SVG asks for it */
export function fontOf(size: number, bold: boolean): string {
  return `${bold ? '600 ' : ''}${size}px ${fontFamily}`;
}

function n(value: number): string {
  return String(Number(value.toFixed(1)));
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

/** XML has no way to write most control characters, so they are left out. */
function escaped(text: string): string {
  const allowed = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
  return allowed.replaceAll(/[&<>"]/g, character => entities[character] ?? character);
}
