/** A value at a moment; without a value the curve has a gap there. */
export type SparklinePoint = readonly [at: number, value: number | undefined];

export interface SparklineView {
  /** Oldest first. */
  readonly points: readonly SparklinePoint[];
  /** The moments at both ends, in the unit of the points’. */
  readonly from: number;
  readonly to: number;
  /** In words: “transactions per second, 120 now, between 80 and 310 in 10 minutes”. */
  readonly label: string;
  /** Lower end of the scale; 0 unless told. */
  readonly bottom?: number;
  /** Upper end of the scale at least; what is above it makes the scale larger. */
  readonly top?: number;
  /** A line across; the scale reaches it. */
  readonly limit?: number;
}

export interface Sparkline {
  readonly root: SVGSVGElement;
  show(view: SparklineView): void;
}

const width = 120;
const height = 32;
/** Half of the mark of the last value. */
const margin = 2.5;
const namespace = 'http://www.w3.org/2000/svg';

/**
 * A small curve that fills the room it is given. Its scale grows at once and shrinks only when the values fill less than
 * a quarter of it, so that it reads the same from one look to the next.
 */
export function sparkline(): Sparkline {
  const [area, limitLine, line, last] = ['area', 'limit', 'line', 'last'].map(name => {
    const path = document.createElementNS(namespace, 'path');
    path.setAttribute('class', `sparkline-${name}`);
    path.setAttribute('vector-effect', 'non-scaling-stroke');
    return path;
  });
  const root = document.createElementNS(namespace, 'svg');
  write(root, 'class', 'sparkline');
  write(root, 'viewBox', `0 0 ${width} ${height}`);
  write(root, 'preserveAspectRatio', 'none');
  write(root, 'role', 'img');
  root.append(...[area, limitLine, line, last].filter(path => path !== undefined));
  let scale: number | undefined;
  return {
    root,
    show({points, from, to, label, bottom = 0, top = bottom, limit = bottom}) {
      const known = points.flatMap(([, value]) => value ?? []);
      scale = nextScale(scale, Math.max(top, limit, ...known) - bottom);
      const toY = (value: number): number =>
        height - margin - ((value - bottom) / (scale ?? 1)) * (height - 2 * margin);
      const toX = (at: number): number => ((at - from) / Math.max(1, to - from)) * (width - margin);
      const runs = runsOf(points, toX, toY);
      const end = points.at(-1)?.[1] === undefined ? undefined : runs.at(-1)?.at(-1);
      write(root, 'aria-label', label);
      write(area, 'd', runs.map(areaOf).join(''));
      write(line, 'd', runs.map(lineOf).join(''));
      write(limitLine, 'd', limit === bottom ? '' : `M0 ${toY(limit).toFixed(1)}H${width}`);
      write(last, 'd', end === undefined ? '' : dot(end));
    },
  };
}

function nextScale(before: number | undefined, largest: number): number {
  return before === undefined || largest > before || largest < before / 4 ? roundUp(largest) : before;
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find(step => value <= step * power) ?? 10) * power;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function runsOf(
  points: readonly SparklinePoint[],
  toX: (at: number) => number,
  toY: (value: number) => number,
): readonly (readonly Point[])[] {
  const runs: Point[][] = [[]];
  for (const [at, value] of points) {
    if (value === undefined) runs.push([]);
    else if (toX(at) >= 0) runs.at(-1)?.push({x: toX(at), y: toY(value)});
  }
  return runs.filter(run => run.length > 0);
}

function lineOf(run: readonly Point[]): string {
  const [first] = run;
  // A value alone between two gaps is a dot.
  if (run.length === 1 && first) return dot(first);
  return run.map((point, index) => `${index === 0 ? 'M' : 'L'}${written(point)}`).join('');
}

function areaOf(run: readonly Point[]): string {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined || run.length < 2) return '';
  return `${lineOf(run)}L${last.x.toFixed(1)} ${height}L${first.x.toFixed(1)} ${height}Z`;
}

/** A line without length has round ends only, whatever the picture is stretched to. */
function dot(point: Point): string {
  return `M${written(point)}h.01`;
}

function written({x, y}: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function write(node: Element | undefined, name: string, value: string): void {
  if (node && node.getAttribute(name) !== value) node.setAttribute(name, value);
}
