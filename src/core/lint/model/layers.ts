/** What a key has, and the place among all keys that it got when it came first. */
interface Entry<Value> {
  readonly place: number;
  /** Nothing where the key is gone. */
  readonly value: Value | undefined;
}

type Layer<Value> = ReadonlyMap<string, Entry<Value>>;

/** A layer is merged into the one below that has less than so many times as much: more makes fewer layers to look through. */
const growth = 6;

/**
 * A map whose copies cost next to nothing: a copy shares what was there and keeps its own changes in a layer above.
 * Layers that have grown are merged into the one below, so that there are never many.
 */
export class Layers<Value> {
  /** Nobody writes to these any more; the newest last. */
  #below: readonly Layer<Value>[] = [];
  /** Most copies never change. */
  #own: Map<string, Entry<Value>> | undefined;
  #places = 0;

  get(key: string): Value | undefined {
    return this.#entry(key)?.value;
  }

  has(key: string): boolean {
    return this.#entry(key)?.value !== undefined;
  }

  set(key: string, value: Value): void {
    this.#put(key, {place: this.#entry(key)?.place ?? this.#places++, value});
  }

  delete(key: string): void {
    const entry = this.#entry(key);
    if (entry?.value !== undefined) this.#put(key, {place: entry.place, value: undefined});
  }

  fork(): Layers<Value> {
    this.#settle();
    const copy = new Layers<Value>();
    copy.#below = this.#below;
    copy.#places = this.#places;
    return copy;
  }

  /** @returns what there is now, in the order in which keys came first */
  entries(): readonly (readonly [string, Value])[] {
    const layers = this.#layers();
    const [only, ...others] = layers;
    const entries: [string, Value][] = [];
    for (const [key, {value}] of only && others.length === 0 ? only : mergedFrom(layers))
      if (value !== undefined) entries.push([key, value]);
    return entries;
  }

  values(): readonly Value[] {
    return this.entries().map(([, value]) => value);
  }

  /** @returns what there is now of some keys, in the order in which keys came first */
  pick(keys: Iterable<string>): readonly Value[] {
    const entries: Entry<Value>[] = [];
    for (const key of keys) {
      const entry = this.#entry(key);
      if (entry) entries.push(entry);
    }
    return entries
      .toSorted((a, b) => a.place - b.place)
      .flatMap(({value}) => (value === undefined ? [] : [value]));
  }

  /** @returns what another map has not, or has something else for, in the order in which keys came first */
  otherThan(other: Layers<Value>): readonly Value[] {
    const [mine, theirs] = [this.#layers(), other.#layers()];
    let shared = 0;
    while (shared < mine.length && mine[shared] === theirs[shared]) shared += 1;
    const keys = new Set<string>();
    for (const layer of [...mine.slice(shared), ...theirs.slice(shared)])
      for (const key of layer.keys()) if (this.get(key) !== other.get(key)) keys.add(key);
    return this.pick(keys);
  }

  #layers(): readonly Layer<Value>[] {
    return this.#own ? [...this.#below, this.#own] : this.#below;
  }

  #put(key: string, entry: Entry<Value>): void {
    (this.#own ??= new Map()).set(key, entry);
  }

  #entry(key: string): Entry<Value> | undefined {
    const own = this.#own?.get(key);
    if (own) return own;
    for (let at = this.#below.length - 1; at >= 0; at -= 1) {
      const entry = this.#below[at]?.get(key);
      if (entry) return entry;
    }
    return undefined;
  }

  #settle(): void {
    if (!this.#own) return;
    const layers = [...this.#layers()];
    this.#own = undefined;
    while (layers.length > 1 && (layers.at(-1)?.size ?? 0) * growth >= (layers.at(-2)?.size ?? 0))
      layers.push(mergedFrom(layers.splice(-2)));
    this.#below = layers;
  }
}

function mergedFrom<Value>(layers: readonly Layer<Value>[]): Map<string, Entry<Value>> {
  const [first, ...others] = layers;
  const merged = new Map(first);
  for (const layer of others) for (const [key, entry] of layer) merged.set(key, entry);
  return merged;
}
