import type {Bar, FlameLayout} from './flame-layout.ts';

/** Said to screen readers once. */
export const flameKeysHelp =
  'Each bar is as wide as the node and all below it took. Arrow down goes to the first child, up to the parent, left ' +
  'and right to the neighbours. Enter zooms into the node, and on the widest one opens its details. Backspace or ' +
  'Escape zooms out, Home is the widest node, Space hides or shows what is below, * shows everything.';

/** For `aria-keyshortcuts`. */
export const flameShortcuts = 'Enter Backspace Escape Space Home *';

/** @returns the bar that an arrow leads to; undefined for another key, and where there is none */
export function neighbourBar(key: string, bar: Bar, {levels}: FlameLayout): Bar | undefined {
  const row = levels[bar.level] ?? [];
  switch (key) {
    case 'ArrowUp':
      return bar.parent;
    case 'ArrowDown':
      return levels[bar.level + 1]?.find(({parent}) => parent === bar);
    case 'ArrowLeft':
      return row[row.indexOf(bar) - 1];
    case 'ArrowRight':
      return row[row.indexOf(bar) + 1];
    default:
      return undefined;
  }
}
