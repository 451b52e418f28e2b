/** Which row and which of its cells the keyboard is at. */
export interface GridCursor {
  /** The active row's place; -1 where none is, or it is not shown. */
  readonly place: number;
  /** Where the keyboard goes on from when the active row is gone. */
  readonly last: number;
  /** Another row; the cell stays. */
  activate(place: number): void;
  /** By so many cells to the right; left of the first cell is the row itself. */
  moveBy(cells: number): void;
  /** The row itself, and none of its cells. */
  leaveCells(): void;
  /** Marks the active row among the elements that are in the document, after they changed. */
  point(): void;
}

export interface GridCursorOptions {
  /** Has the focus, and points to what is active. */
  readonly scroller: HTMLElement;
  readonly body: HTMLElement;
  readonly keyAt: (place: number) => string | undefined;
  readonly placeOf: (key: string) => number | undefined;
  readonly elementAt: (place: number) => HTMLElement | undefined;
  readonly reveal: (place: number) => void;
  readonly cells: () => number;
  readonly onSelect: (place: number) => void;
}

export function gridCursor(options: GridCursorOptions): GridCursor {
  const {scroller, body, keyAt, placeOf, elementAt, reveal, cells, onSelect} = options;
  let active: string | undefined;
  let last = 0;
  let cell = -1;
  const placeNow = (): number => {
    const place = active === undefined ? undefined : placeOf(active);
    if (place !== undefined) last = place;
    return place ?? -1;
  };
  const point = (): void => {
    for (const one of body.querySelectorAll('[aria-selected=true]')) one.removeAttribute('aria-selected');
    for (const one of body.querySelectorAll('.grid-active')) one.classList.remove('grid-active');
    const place = placeNow();
    const row = place === -1 ? undefined : elementAt(place);
    if (row === undefined) return scroller.removeAttribute('aria-activedescendant');
    row.setAttribute('aria-selected', 'true');
    const pointed = row.children[cell] ?? row;
    pointed.classList.add('grid-active');
    scroller.setAttribute('aria-activedescendant', pointed.id);
  };
  const activate = (place: number): void => {
    const key = keyAt(place);
    if (key === undefined) return;
    const changed = active !== key;
    active = key;
    reveal(place);
    point();
    if (changed) onSelect(place);
  };
  return {
    get place() {
      return placeNow();
    },
    get last() {
      return last;
    },
    activate,
    moveBy(by) {
      cell = Math.max(-1, Math.min(cells() - 1, cell + by));
      activate(Math.max(0, placeNow()));
      const pointed = elementAt(placeNow())?.children[cell];
      if (pointed) pointed.scrollIntoView({block: 'nearest', inline: 'nearest'});
      else scroller.scrollLeft = 0;
    },
    leaveCells() {
      cell = -1;
    },
    point,
  };
}
