export interface GridKeys {
  /** The active row's place; -1 when none is. */
  readonly place: () => number;
  readonly count: () => number;
  readonly pageSize: () => number;
  readonly moveTo: (place: number) => void;
  /** By so many cells to the right. */
  readonly moveBy: (cells: number) => void;
  readonly open: () => void;
  readonly menu: () => void;
}

/**
 * Up and down move between rows, left and right between a row and its cells, Enter opens, the menu key shows what can be
 * done.
 * Source: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/, whose rows come first
 */
export function gridKeys(keys: GridKeys): (event: KeyboardEvent) => void {
  const {place, count, pageSize, moveTo, moveBy, open, menu} = keys;
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(place() + 1),
    ArrowUp: () => moveTo(Math.max(0, place() - 1)),
    PageDown: () => moveTo(place() + pageSize()),
    PageUp: () => moveTo(place() - pageSize()),
    Home: () => moveTo(0),
    End: () => moveTo(count() - 1),
    ArrowRight: () => moveBy(1),
    ArrowLeft: () => moveBy(-1),
    Enter: open,
    ContextMenu: menu,
  };
  return event => {
    const act = event.key === 'F10' && event.shiftKey ? menu : acts[event.key];
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    if (act === undefined || count() === 0) return;
    event.preventDefault();
    act();
  };
}
