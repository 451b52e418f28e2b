import type {Queryable} from '../../core/session.ts';

/** Measuring may take this share of the server's time. */
const share = 0.01;

interface Measured {
  /** By the clock of `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  readonly bytes: Readonly<Record<string, number>>;
}

/**
 * Sizes of databases. The server looks at every file to tell one, which takes a third of a second for 10,000 tables. So
 * they are remembered, and measured again the sooner the less it took.
 */
export class Sizes {
  readonly #measured = new Map<'this' | 'others', Measured>();

  /** @returns whether it is time to measure again */
  due(what: 'this' | 'others'): boolean {
    const last = this.#measured.get(what);
    return last === undefined || performance.now() - last.at > last.ms / share;
  }

  /** @param ms that the server took to measure */
  keep(what: 'this' | 'others', ms: number, bytes: Readonly<Record<string, number>>): void {
    this.#measured.set(what, {at: performance.now(), ms, bytes});
  }

  /** @returns the bytes of a database; nothing where the role may not know */
  of(what: 'this' | 'others', database: string): number | undefined {
    return this.#measured.get(what)?.bytes[database];
  }
}

const bySession = new WeakMap<Queryable, Sizes>();

/** @returns what was measured through a session, for as long as it lives */
export function sizesOf(db: Queryable): Sizes {
  const known = bySession.get(db) ?? new Sizes();
  bySession.set(db, known);
  return known;
}
