import {card, levelAbove, type Area, type Box, type GraphLayout} from './graph-layout.ts';
import type {GraphPlan} from './graph-plan.ts';
import {sideName} from './graph-words.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line between two cards. */
export interface Edge {
  /** `side` leads to a CTE, an InitPlan or a SubPlan, and `reference` from a CTE's scan to the CTE. */
  readonly kind: 'input' | 'side' | 'reference';
  /** The key of the lower item, or of the one that refers. */
  readonly below: number;
  readonly from: Point;
  readonly to: Point;
  readonly rows: number;
  readonly side?: string;
}

/** @returns edges that may be seen in the area: none that is seen is missing */
export function edgesIn(layout: GraphLayout, plan: GraphPlan, area: Area): Edge[] {
  const edges: Edge[] = [];
  const last = Math.min(layout.rows.length - 1, levelAbove(area.bottom) + 2);
  for (let level = Math.max(1, levelAbove(area.top)); level <= last; level++)
    for (const box of layout.rows[level] ?? []) {
      const above = box.item.parent && layout.boxes.get(box.item.parent.key);
      if (above === undefined || !crosses(above, box, area)) continue;
      edges.push(edgeOf(plan, above, box));
    }
  return [...edges, ...referencesOf(layout, plan).filter(edge => touches(edge, area))];
}

/** @returns every edge of the layout */
export function allEdges(layout: GraphLayout, plan: GraphPlan): Edge[] {
  const everything = {left: 0, top: 0, right: layout.width, bottom: layout.height};
  return edgesIn(layout, plan, everything);
}

/** Logarithmic: a pixel more for each factor of about five. Dashes are told apart only on a thin line. */
export function edgeWidth({kind, rows}: Edge): number {
  if (kind === 'reference') return 2;
  const width = 1 + 1.4 * Math.log10(Math.max(0, rows) + 1);
  return kind === 'side' ? Math.min(3, width) : width;
}

/** @returns a curve from below the upper card to above the lower one, as an SVG path */
export function edgePath({from, to}: Edge): string {
  const bend = Math.max(card.down * 0.55, Math.abs(to.y - from.y) / 2);
  const numbers = [from.x, from.y, from.x, from.y + bend, to.x, to.y - bend, to.x, to.y];
  const [x, y, ...curve] = numbers.map(number => Number(number.toFixed(1)));
  return `M${x} ${y}C${curve.join(' ')}`;
}

function edgeOf(plan: GraphPlan, above: Box, below: Box): Edge {
  const side = below.item.kind === 'node' ? sideName(below.item.node) : undefined;
  return {
    kind: side === undefined ? 'input' : 'side',
    below: below.item.key,
    from: {x: above.x + card.width / 2, y: above.y + card.height},
    to: {x: below.x + card.width / 2, y: below.y},
    rows: plan.rowsOf(below.item),
    ...(side === undefined ? {} : {side}),
  };
}

function referencesOf({boxes}: GraphLayout, plan: GraphPlan): readonly Edge[] {
  return plan.references.flatMap(({from, to}) => {
    const [scan, cte] = [boxes.get(from), boxes.get(to)];
    if (scan === undefined || cte === undefined) return [];
    return [
      {
        kind: 'reference' as const,
        below: from,
        from: {x: cte.x + card.width * 0.75, y: cte.y + card.height},
        to: {x: scan.x + card.width * 0.75, y: scan.y},
        rows: 0,
      },
    ];
  });
}

function crosses(above: Box, below: Box, area: Area): boolean {
  const [left, right] = [Math.min(above.x, below.x), Math.max(above.x, below.x) + card.width];
  return left <= area.right && right >= area.left;
}

function touches({from, to}: Edge, area: Area): boolean {
  const bend = Math.abs(to.y - from.y) / 2 + card.down;
  return (
    Math.min(from.x, to.x) <= area.right &&
    Math.max(from.x, to.x) >= area.left &&
    Math.min(from.y, to.y) - bend <= area.bottom &&
    Math.max(from.y, to.y) + bend >= area.top
  );
}
