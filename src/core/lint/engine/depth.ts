/** Each is an operator, a call or a subquery around the next one, or the list that it is in. */
const most = 2000;

/** A level of a tree takes two characters of its text at least, as in `a+b+c`. */
const shortest = 2000;

/** @returns whether a tree is too deep for those who walk it by calling themselves */
export function isDeep(sql: string, node: object): boolean {
  if (sql.length < shortest) return false;
  let level: readonly object[] = [node];
  for (let depth = 0; depth < most; depth += 1) {
    level = level.flatMap(each => childrenOf(each).filter(isObject));
    if (level.length === 0) return false;
  }
  return true;
}

/** Of thousands of rows the first ones are like all others. */
const enough = 100;

function childrenOf(node: object): readonly unknown[] {
  return Array.isArray(node) ? node.slice(0, enough) : Object.values(node);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
