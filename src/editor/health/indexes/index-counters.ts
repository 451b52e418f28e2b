import {grouped} from '../../../core/grouped.ts';
import type {IndexRow} from '../../../core/health/parts/indexes.ts';
import type {IndexCounter} from '../../../postgres/health/index-counters.ts';
import type {IndexSample} from '../../../protocol/index-panel.ts';

/** What the counters of all indexes were when they were looked at last. */
export class IndexCounters {
  readonly #counters: Map<number, IndexCounter>;
  readonly #parents: ReadonlyMap<number, number>;
  readonly #children: ReadonlyMap<number | undefined, readonly IndexRow[]>;

  constructor(rows: readonly IndexRow[]) {
    this.#counters = new Map(rows.map(({oid, scans, tuplesRead}) => [oid, {oid, scans, tuplesRead}]));
    this.#parents = new Map(rows.flatMap(({oid, parent}) => (parent === undefined ? [] : [[oid, parent]])));
    this.#children = grouped(rows, ({parent}) => parent);
  }

  /** @returns those that changed; a partitioned index has the sums of its partitions' indexes */
  take(read: readonly IndexCounter[]): IndexSample['scans'] {
    const changed = new Set<number>();
    for (const counter of read) {
      const before = this.#counters.get(counter.oid);
      if (!before || (before.scans === counter.scans && before.tuplesRead === counter.tuplesRead)) continue;
      this.#counters.set(counter.oid, counter);
      changed.add(counter.oid);
      for (let oid = this.#parents.get(counter.oid); oid !== undefined; oid = this.#parents.get(oid))
        changed.add(oid);
    }
    return [...changed].map(oid => {
      const {scans, tuplesRead} = this.#sumOf(oid);
      return [oid, scans, tuplesRead];
    });
  }

  #sumOf(oid: number): Omit<IndexCounter, 'oid'> {
    const children = this.#children.get(oid) ?? [];
    if (children.length === 0) return this.#counters.get(oid) ?? {scans: 0, tuplesRead: 0};
    const sums = children.map(child => this.#sumOf(child.oid));
    return {
      scans: sums.reduce((sum, {scans}) => sum + scans, 0),
      tuplesRead: sums.reduce((sum, {tuplesRead}) => sum + tuplesRead, 0),
    };
  }
}
