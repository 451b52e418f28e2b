export interface KeyedItem<T> {
  readonly root: HTMLElement;
  show(value: T): void;
}

export interface KeyedList<T> {
  /** Shows the values in their order; what stands for a value whose key was there before is kept. */
  show(values: readonly T[]): void;
  item(key: string): KeyedItem<T> | undefined;
}

/** Children of an element, one for each value, which live on as long as their values do. */
export function keyedList<T>(
  root: HTMLElement,
  keyOf: (value: T) => string,
  make: (value: T) => KeyedItem<T>,
): KeyedList<T> {
  const items = new Map<string, KeyedItem<T>>();
  return {
    item: key => items.get(key),
    show(values) {
      const focused = root.contains(document.activeElement) ? document.activeElement : null;
      const keys = values.map(keyOf);
      const wanted = new Set(keys);
      for (const [key, item] of items) {
        if (wanted.has(key)) continue;
        item.root.remove();
        items.delete(key);
      }
      let next = root.firstElementChild;
      for (const [index, value] of values.entries()) {
        const key = keys[index] ?? '';
        const item = items.get(key) ?? make(value);
        items.set(key, item);
        item.show(value);
        if (item.root === next) next = next.nextElementSibling;
        else root.insertBefore(item.root, next);
      }
      // Whoever is moved in the document loses the focus.
      if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused)
        focused.focus({preventScroll: true});
    },
  };
}
