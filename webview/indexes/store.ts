import type {HealthFinding} from '../../src/core/health/finding.ts';
import type {ForeignKeyRow, IndexedTable, IndexRow} from '../../src/core/health/parts/indexes.ts';
import {filtered, nothingFound, type Filter, type Found} from './model.ts';
import {noSeries, type Series} from './series.ts';

/** What the list shows now. */
export interface Listing {
  readonly rows: readonly IndexRow[];
  readonly tables: ReadonlyMap<number, IndexedTable>;
  /** By the oid of the table that has them. */
  readonly foreignKeys: ReadonlyMap<number, readonly ForeignKeyRow[]>;
  /** Names of the foreign keys that an index supports, by its oid. */
  readonly supports: ReadonlyMap<number, readonly string[]>;
  /** False while more rows are on their way. */
  readonly complete: boolean;
  readonly findings: readonly HealthFinding[];
  readonly found: Found;
  readonly filter: Filter;
  /** The rows that pass the filter. */
  readonly shown: readonly IndexRow[];
  /** Oid of the row whose details are shown. */
  readonly selected: number | undefined;
  readonly series: Series;
}

export interface Store {
  readonly now: Listing;
  set(change: Partial<Omit<Listing, 'shown'>>): void;
  /** @param listener also told what was before */
  onChange(listener: (now: Listing, before: Listing) => void): void;
}

const empty: Omit<Listing, 'filter'> = {
  rows: [],
  tables: new Map(),
  foreignKeys: new Map(),
  supports: new Map(),
  complete: false,
  findings: [],
  found: nothingFound,
  shown: [],
  selected: undefined,
  series: noSeries,
};

/** @param filter the one that the list begins with */
export function createStore(filter: Filter): Store {
  const listeners: ((now: Listing, before: Listing) => void)[] = [];
  let now: Listing = {...empty, filter};
  return {
    get now() {
      return now;
    },
    set(change) {
      const before = now;
      const next = {...now, ...change};
      const refiltered = next.rows !== now.rows || next.filter !== now.filter || next.found !== now.found;
      now = refiltered ? {...next, shown: filtered(next.rows, next.filter, next)} : next;
      for (const listener of listeners) listener(now, before);
    },
    onChange: listener => void listeners.push(listener),
  };
}
