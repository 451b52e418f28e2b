/**
 * A map whose copies cost next to nothing: a copy shares what was there and keeps its own changes in a layer above.
 * Layers that have grown to half of the one below are merged into it, so that there are never many.
 */
export class Layers<Value> {
  /** Nobody writes to these any more; the newest last. A key that is gone has no value. */
  #below: readonly ReadonlyMap<string, Value | undefined>[] = [];
  #own = new Map<string, Value | undefined>();

  get(key: string): Value | undefined {
    if (this.#own.has(key)) return this.#own.get(key);
    for (let at = this.#below.length - 1; at >= 0; at -= 1) {
      const layer = this.#below[at];
      if (layer?.has(key)) return layer.get(key);
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: Value): void {
    this.#own.set(key, value);
  }

  delete(key: string): void {
    if (this.has(key)) this.#own.set(key, undefined);
  }

  fork(): Layers<Value> {
    this.#settle();
    const copy = new Layers<Value>();
    copy.#below = this.#below;
    return copy;
  }

  /** @returns what there is now, in the order in which it came as far as layers keep it */
  entries(): readonly (readonly [string, Value])[] {
    const merged = this.#below.length === 0 ? this.#own : mergedFrom([...this.#below, this.#own]);
    return [...merged].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  }

  values(): readonly Value[] {
    return this.entries().map(([, value]) => value);
  }

  #settle(): void {
    if (this.#own.size === 0) return;
    const layers = [...this.#below, this.#own];
    this.#own = new Map();
    while (layers.length > 1 && (layers.at(-1)?.size ?? 0) * 2 >= (layers.at(-2)?.size ?? 0))
      layers.push(mergedFrom(layers.splice(-2)));
    this.#below = layers;
  }
}

function mergedFrom<Value>(
  layers: readonly ReadonlyMap<string, Value | undefined>[],
): Map<string, Value | undefined> {
  const [first, ...others] = layers;
  const merged = new Map(first);
  for (const layer of others) for (const [key, value] of layer) merged.set(key, value);
  return merged;
}
