/** Where a page ends; the next one starts after it. The oid tells overloads of one name apart. */
export interface PageKey {
  readonly name: string;
  readonly oid: number;
}

export interface PageRequest {
  /** The `next` of the page before; absent for the first page. */
  readonly after?: PageKey;
  /** At most this many items. */
  readonly limit: number;
  /** Part of the name, in any case; what LIKE would read as a wildcard is an ordinary character here. */
  readonly filter?: string;
}

/** Items in the order of their names (byte order, as the catalog's own index has them). */
export interface Page<T> {
  readonly items: readonly T[];
  /** Present when more items follow. */
  readonly next?: PageKey;
}

/**
 * Cuts what was read with `limit + 1` into a page.
 * @param rows at most one more than `limit`, in order
 */
export function pageOf<T extends PageKey>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? {items, next: {name: last.name, oid: last.oid}} : {items};
}
