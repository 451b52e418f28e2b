import type {QualifiedName} from '../../sql/objects.ts';

/** A column of a result, and the table's column that it is, where it is one. */
export interface ResultColumn {
  readonly name: string;
  /** Empty where it is not known. */
  readonly type: string;
  readonly of?: {readonly relation: QualifiedName; readonly column: string};
}

/** Something that a FROM clause names. */
export interface Source {
  /** What columns are qualified with. */
  readonly alias: string | undefined;
  readonly schema?: string;
  readonly columns: readonly ResultColumn[];
  /** Whether these are all. */
  readonly isKnown: boolean;
}

/** What names of columns mean at one place of a query. */
export interface Scope {
  readonly sources: readonly Source[];
  /** Columns as `*` lists them: those of USING once. */
  readonly star: readonly ResultColumn[];
  readonly results: ReadonlyMap<string, Result>;
  readonly outer?: Scope;
}

/** What a query gives. */
export interface Result {
  readonly columns: readonly ResultColumn[];
  readonly isKnown: boolean;
}

export const nothingKnown: Result = {columns: [], isKnown: false};

/** @returns what a column's name means, perhaps qualified; looks at the queries around it too */
export function resolve(scope: Scope | undefined, parts: readonly string[]): ResultColumn | undefined {
  const name = parts.at(-1);
  const qualifier = parts.at(-2);
  for (let at = scope; at; at = at.outer) {
    for (const {alias, columns} of at.sources) {
      if (qualifier !== undefined && alias !== qualifier) continue;
      const found = columns.find(column => column.name === name);
      if (found) return found;
    }
    if (qualifier !== undefined && at.sources.some(({alias}) => alias === qualifier)) return undefined;
  }
  return undefined;
}

export function resultNamed(scope: Scope | undefined, name: string): Result | undefined {
  for (let at = scope; at; at = at.outer) {
    const found = at.results.get(name);
    if (found) return found;
  }
  return undefined;
}
