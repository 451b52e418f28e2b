import type {SchemaObjectView} from '../../src/protocol/schema-panel.ts';
import {everything, rowsOf, shownObjects, type Filter, type Row, type ShownObject} from './model.ts';

/** What the list shows now. */
export interface Listing {
  readonly objects: readonly SchemaObjectView[];
  /** False while more objects are on their way. */
  readonly complete: boolean;
  readonly filter: Filter;
  readonly folded: ReadonlySet<string>;
  /** Differences that a migration will be about; none means all that are shown. */
  readonly chosen: ReadonlySet<number>;
  readonly shown: readonly ShownObject[];
  readonly rows: readonly Row[];
  /** Id of the row whose details are shown. */
  readonly active: string | undefined;
}

export interface Store {
  readonly now: Listing;
  set(
    change: Partial<Pick<Listing, 'objects' | 'complete' | 'filter' | 'folded' | 'chosen' | 'active'>>,
  ): void;
  /** @param listener also told what was before */
  onChange(listener: (now: Listing, before: Listing) => void): void;
}

export function createStore(): Store {
  const listeners: ((now: Listing, before: Listing) => void)[] = [];
  let now: Listing = {
    objects: [],
    complete: false,
    filter: everything,
    folded: new Set(),
    chosen: new Set(),
    shown: [],
    rows: [],
    active: undefined,
  };
  return {
    get now() {
      return now;
    },
    set(change) {
      const before = now;
      const next = {...now, ...change};
      const refiltered = next.objects !== now.objects || next.filter !== now.filter;
      const shown = refiltered ? shownObjects(next.objects, next.filter) : now.shown;
      const rows = refiltered || next.folded !== now.folded ? rowsOf(shown, next.folded) : now.rows;
      now = {...next, shown, rows, active: activeIn(rows, next.active)};
      for (const listener of listeners) listener(now, before);
    },
    onChange: listener => void listeners.push(listener),
  };
}

/** A row that was folded away or filtered out is active no more: the first difference is. */
function activeIn(rows: readonly Row[], active: string | undefined): string | undefined {
  if (active !== undefined && rows.some(({id}) => id === active)) return active;
  return (rows.find(({kind}) => kind === 'difference') ?? rows[0])?.id;
}
