import type {Index, Relation} from '../../model/schema.ts';

/** @returns whether an expression of SQL names the column, as far as its text tells */
export function mentions(expression: string | undefined, column: string): boolean {
  if (expression === undefined) return false;
  const escaped = column.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\w$."'])"?${escaped}"?(?![\\w$'(])|\\."?${escaped}"?(?![\\w$'(])`, 'i').test(
    expression,
  );
}

/** @returns whether a column of that name is part of an index, in whatever way */
export function uses(index: Index, column: string): boolean {
  return (
    index.keys.includes(column) ||
    index.include.includes(column) ||
    index.keys.some(key => key.startsWith('(') && mentions(key, column)) ||
    mentions(index.where, column)
  );
}

/**
 * @param otherClass the new type compares with other operators
 * @returns the indexes that are built again though no row changes: PostgreSQL takes one over only if it has neither a
 * predicate nor an expression, and its key columns keep their operators
 */
export function rebuiltIndexes(
  relation: Relation | undefined,
  column: string,
  otherClass: boolean,
): readonly Index[] {
  return [...(relation?.indexes.values() ?? [])].filter(
    index =>
      uses(index, column) &&
      (index.where !== undefined ||
        index.keys.some(key => key.startsWith('(')) ||
        (otherClass && index.keys.includes(column))),
  );
}

/** @returns the names of checks that are looked at again, row by row */
export function checkedAgain(relation: Relation | undefined, column: string): readonly string[] {
  return [...(relation?.constraints.values() ?? [])]
    .filter(({kind, valid, columns}) => kind === 'check' && valid && columns.includes(column))
    .map(({name}) => name);
}
