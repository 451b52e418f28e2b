import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';

export interface VirtualRowsOptions {
  /** Scrolls, and holds `body`. */
  readonly scroller: HTMLElement;
  /** Gets the rows. */
  readonly body: HTMLElement;
  /** px of one row. */
  readonly height: number;
  /** px that something sticky covers at the top of the scroller. */
  readonly covered?: number;
  readonly make: (index: number) => HTMLElement;
  /** What a row is known by when rows are replaced; its place unless told. */
  readonly key?: (index: number) => string;
  /** Makes an element that is kept show what its row is now. */
  readonly update?: (row: HTMLElement, index: number) => void;
}

export interface VirtualRows {
  /** Draws all rows anew. */
  reset(count: number): void;
  /** Other rows: the elements of those whose keys are still there are kept, and with them focus and selected text. */
  replace(count: number): void;
  /** The element of a row; absent while it is out of sight. */
  element(index: number): HTMLElement | undefined;
  /** Draws the rows in sight again, because what they show has changed. */
  refresh(): void;
  /** Scrolls as little as needed for the row to be seen. The row is in the document afterwards. */
  reveal(index: number): void;
  /** Rows that fit between the top and the bottom. */
  pageSize(): number;
  dispose(): void;
}

/** Rows of one height, of which only those in sight are in the document. */
export function virtualRows({
  scroller,
  body,
  height,
  covered = 0,
  make,
  key = String,
  update,
}: VirtualRowsOptions): VirtualRows {
  const shown = new Map<string, HTMLElement>();
  let count = 0;
  const draw = (): void => {
    body.style.setProperty('block-size', `${virtual.getTotalSize()}px`);
    const wanted = virtual.getVirtualItems().map(({index, start}) => ({index, start, key: key(index)}));
    const keys = new Set(wanted.map(({key}) => key));
    for (const [key, row] of shown) {
      if (keys.has(key)) continue;
      row.remove();
      shown.delete(key);
    }
    for (const {index, start, key} of wanted) {
      const kept = shown.get(key);
      const row = kept ?? make(index);
      row.style.setProperty('transform', `translateY(${start}px)`);
      if (kept) continue;
      shown.set(key, row);
      body.append(row);
    }
  };
  const options = (): VirtualizerOptions<HTMLElement, HTMLElement> => ({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => height,
    overscan: 6,
    scrollPaddingStart: covered,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: draw,
  });
  const virtual = new Virtualizer<HTMLElement, HTMLElement>(options());
  const unmount = virtual._didMount();
  virtual._willUpdate();
  const clear = (): void => {
    for (const row of shown.values()) row.remove();
    shown.clear();
  };
  const recount = (next: number): void => {
    count = next;
    virtual.setOptions(options());
    virtual._willUpdate();
  };
  return {
    reset(next) {
      recount(next);
      clear();
      draw();
    },
    replace(next) {
      recount(next);
      draw();
      for (const {index} of virtual.getVirtualItems()) {
        const row = shown.get(key(index));
        if (row) update?.(row, index);
      }
    },
    element: index => shown.get(key(index)),
    refresh() {
      clear();
      draw();
    },
    reveal(index) {
      const top = index * height;
      const room = scroller.clientHeight - covered;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + height > scroller.scrollTop + room) scroller.scrollTop = top + height - room;
      if (index < count && !shown.has(key(index))) {
        // The observer of the offset comes a frame later; who asks for a row wants to point at it now.
        scroller.dispatchEvent(new Event('scroll'));
        draw();
      }
    },
    pageSize: () => Math.max(1, Math.floor((scroller.clientHeight - covered) / height) - 1),
    dispose: () => {
      unmount();
      clear();
    },
  };
}
