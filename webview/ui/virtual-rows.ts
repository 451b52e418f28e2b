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
}

export interface VirtualRows {
  /** Draws all rows anew. */
  reset(count: number): void;
  /** Draws the rows in sight again, because what they show has changed. */
  refresh(): void;
  /** Scrolls as little as needed for the row to be seen. The row is in the document afterwards. */
  reveal(index: number): void;
  /** Rows that fit between the top and the bottom. */
  pageSize(): number;
  dispose(): void;
}

/** Rows of one height, of which only those in sight are in the document. */
export function virtualRows({scroller, body, height, covered = 0, make}: VirtualRowsOptions): VirtualRows {
  const shown = new Map<number, HTMLElement>();
  let count = 0;
  const draw = (): void => {
    body.style.setProperty('block-size', `${virtual.getTotalSize()}px`);
    const wanted = virtual.getVirtualItems();
    const indexes = new Set(wanted.map(({index}) => index));
    for (const [index, row] of shown) {
      if (indexes.has(index)) continue;
      row.remove();
      shown.delete(index);
    }
    for (const {index, start} of wanted) {
      if (shown.has(index)) continue;
      const row = make(index);
      row.style.setProperty('transform', `translateY(${start}px)`);
      shown.set(index, row);
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
  return {
    reset(next) {
      count = next;
      virtual.setOptions(options());
      virtual._willUpdate();
      clear();
      draw();
    },
    refresh() {
      clear();
      draw();
    },
    reveal(index) {
      const top = index * height;
      const room = scroller.clientHeight - covered;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + height > scroller.scrollTop + room) scroller.scrollTop = top + height - room;
      if (!shown.has(index) && index < count) {
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
