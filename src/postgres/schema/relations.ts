import type {identitiesIn} from '../../core/schema/key.ts';
import type {Quote} from './names.ts';

export interface TypeFacts {
  readonly text: string;
  readonly collation: number;
  readonly storage: string;
  /** Of a domain: the type below all domains. */
  readonly base: number;
  readonly category: string;
  readonly form: string;
}

export interface ColumnFacts {
  readonly name: string;
  readonly type: TypeFacts;
  readonly collation: number;
  /** Absent for a column of something that is not compared, such as a table of an extension. */
  readonly key?: string;
}

/** What constraints and indexes need to know of a table or view. */
export interface Relation {
  readonly oid: number;
  readonly kind: 'table' | 'view' | 'materialized view';
  readonly schema: string;
  readonly name: string;
  readonly key: string;
  /** Of a part that is compared. */
  readonly identity: ReturnType<typeof identitiesIn>;
}

/** What was read so far, for the parts that are described by numbers of columns. */
export interface Known {
  readonly quote: Quote;
  readonly relations: ReadonlyMap<number, Relation>;
  /** By relation and number, of all relations of users. */
  readonly columns: ReadonlyMap<number, ReadonlyMap<number, ColumnFacts>>;
}

/** @returns the names of columns, or undefined when one of them is an expression or unknown. */
export function namesOf(
  known: Known,
  relation: number,
  positions: readonly number[],
): readonly string[] | undefined {
  const columns = known.columns.get(relation);
  const names = positions.map(position => columns?.get(position)?.name);
  return names.every(name => name !== undefined) ? names : undefined;
}

/** Tells of each of these columns that has a key. */
export function eachKey(
  known: Known,
  relation: number,
  positions: readonly number[],
  tell: (key: string | undefined) => void,
): void {
  const columns = known.columns.get(relation);
  for (const position of positions) tell(columns?.get(position)?.key);
}
