export interface Gatherer<T> {
  add(value: T): void;
  /** Delivers at once what is still held. */
  flush(): void;
}

/**
 * The first value is delivered at once, what follows within `milliseconds` together:
 * a thousand small migrations are then a few messages, and a single one is not late.
 */
export function gather<T>(deliver: (values: readonly T[]) => void, milliseconds: number): Gatherer<T> {
  let held: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    const values = held;
    held = [];
    if (values.length > 0) deliver(values);
  };
  const tick = (): void => {
    timer = held.length === 0 ? undefined : setTimeout(tick, milliseconds);
    flush();
  };
  return {
    add(value) {
      held.push(value);
      if (timer !== undefined) return;
      flush();
      timer = setTimeout(tick, milliseconds);
    },
    flush,
  };
}
