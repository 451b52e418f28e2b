import type {GraphItem} from './graph-tree.ts';
import type {GraphLayout} from './graph-layout.ts';

/** What a key asks for. */
export type GraphCommand =
  | {readonly kind: 'move'; readonly to: number}
  | {readonly kind: 'pan'; readonly x: number; readonly y: number}
  | {readonly kind: 'zoom'; readonly factor: number}
  | {readonly kind: 'open' | 'toggle' | 'expand-all' | 'actual-size' | 'fit' | 'centre' | 'slowest' | 'none'};

/** Said to screen readers once, and shown as a tip of the tools. */
export const keysHelp =
  'Arrow up goes to the parent, down to the first child, left and right to the neighbours. ' +
  'Enter opens the details, Space hides or shows what is below, * shows everything. ' +
  'Home is the root, End the slowest node. Plus, minus and 0 zoom, F fits the plan into view, C centres the selected ' +
  'node, Shift with an arrow moves the view.';

/** For `aria-keyshortcuts`. */
export const keyShortcuts = 'Enter Space Home End * + - 0 F C';

const panStep = 90;
const zoomStep = 1.25;

const pans: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, panStep],
  ArrowDown: [0, -panStep],
  ArrowLeft: [panStep, 0],
  ArrowRight: [-panStep, 0],
};

const others: Readonly<Record<string, GraphCommand>> = {
  Enter: {kind: 'open'},
  ' ': {kind: 'toggle'},
  '*': {kind: 'expand-all'},
  '+': {kind: 'zoom', factor: zoomStep},
  '=': {kind: 'zoom', factor: zoomStep},
  '-': {kind: 'zoom', factor: 1 / zoomStep},
  '0': {kind: 'actual-size'},
  f: {kind: 'fit'},
  c: {kind: 'centre'},
  Home: {kind: 'move', to: 0},
  End: {kind: 'slowest'},
};

/** @returns undefined for a key that is not for the graph */
export function commandOf(
  event: KeyboardEvent,
  at: GraphItem,
  layout: GraphLayout,
): GraphCommand | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const pan = event.shiftKey ? pans[event.key] : undefined;
  if (pan !== undefined) return {kind: 'pan', x: pan[0], y: pan[1]};
  if (event.key.startsWith('Arrow')) return step(event.key, at, layout);
  return others[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

function step(key: string, at: GraphItem, layout: GraphLayout): GraphCommand {
  if (key === 'ArrowDown' && at.hidden !== undefined) return {kind: 'toggle'};
  const to = neighbour(key, at, layout);
  return to === undefined ? {kind: 'none'} : {kind: 'move', to: to.key};
}

function neighbour(key: string, at: GraphItem, {rows}: GraphLayout): GraphItem | undefined {
  if (key === 'ArrowUp') return at.parent;
  if (key === 'ArrowDown') return at.children[0];
  // Past the last sibling the same level goes on with the cousins, as the eye does.
  const row = rows[at.depth] ?? [];
  const index = row.findIndex(({item}) => item.key === at.key);
  return row[index + (key === 'ArrowLeft' ? -1 : 1)]?.item;
}
