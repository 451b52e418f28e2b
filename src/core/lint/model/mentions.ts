import {Layers} from './layers.ts';

const none: ReadonlySet<string> = new Set();

/** Who mentions a name: an index, so that nobody has to look through everything for it. Copies cost next to nothing. */
export class Mentions {
  #keys: Layers<ReadonlySet<string>>;

  constructor(keys = new Layers<ReadonlySet<string>>()) {
    this.#keys = keys;
  }

  fork(): Mentions {
    return new Mentions(this.#keys.fork());
  }

  /** @returns the keys of those that mention the name */
  of(name: string): ReadonlySet<string> {
    return this.#keys.get(name) ?? none;
  }

  /** @param key of one whose mentions are others now */
  change(key: string, before: ReadonlySet<string>, now: ReadonlySet<string>): void {
    for (const name of before)
      if (!now.has(name)) this.#keys.set(name, new Set([...this.of(name)].filter(each => each !== key)));
    for (const name of now) if (!before.has(name)) this.#keys.set(name, new Set(this.of(name)).add(key));
  }
}
