import {catalogs, type Catalog} from './catalogs.ts';

/** Where in the catalogs an object is, as `pg_depend` and `pg_description` name it, and the key that it has here. */
export class Addresses {
  readonly #keys = new Map<number, Map<number, string>>();
  readonly #columns = new Map<number, Map<number, string>>();

  add(catalog: Catalog, oid: number, key: string): void {
    const known = this.#keys.get(catalogs[catalog]);
    if (known) known.set(oid, key);
    else this.#keys.set(catalogs[catalog], new Map([[oid, key]]));
  }

  addColumn(relation: number, position: number, key: string): void {
    const known = this.#columns.get(relation);
    if (known) known.set(position, key);
    else this.#columns.set(relation, new Map([[position, key]]));
  }

  /** @param part number of a column, or 0 for the object itself; a part that has no key of its own has that of the whole */
  find(catalogOid: number, oid: number, part = 0): string | undefined {
    const column = part > 0 ? this.#columns.get(oid)?.get(part) : undefined;
    return column ?? this.#keys.get(catalogOid)?.get(oid);
  }
}
