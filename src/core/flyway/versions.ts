/**
 * @param version as a file or a row writes it: `1.2`, `1_2`, `001`
 * @returns the numbers without trailing zeros, joined by dots, so that equal versions have one text; undefined where it
 * is no version
 * Source: https://github.com/flyway/flyway, `MigrationVersion`
 */
export function canonicalVersion(version: string): string | undefined {
  if (!/^\d+(?:[._]\d+)*$/.test(version)) return undefined;
  const parts = version.split(/[._]/).map(BigInt);
  while (parts.length > 1 && parts.at(-1) === 0n) parts.pop();
  return parts.join('.');
}

/** Orders canonical versions by their numbers, of any size. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one.split('.'), other.split('.')];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = compareDigits(left[index] ?? '0', right[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Orders whole numbers without leading zeros. */
function compareDigits(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}

const repeatable = 'R__';

/** A repeatable migration is known by its description. */
export function repeatableId(description: string): string {
  return repeatable + description;
}

export function isRepeatable(id: string): boolean {
  return id.startsWith(repeatable);
}

/** Orders ids as the tool runs them: versions by number, then what is repeatable by its description. */
export function compareIds(one: string, other: string): number {
  const [left, right] = [isRepeatable(one), isRepeatable(other)];
  if (left !== right) return left ? 1 : -1;
  if (!left) return compareVersions(one, other);
  return one < other ? -1 : one > other ? 1 : 0;
}
