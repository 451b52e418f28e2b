/** The largest value of each integer type; the smallest is its negative, less one. */
const largest: Readonly<Record<string, number>> = {
  smallint: 32_767,
  integer: 2_147_483_647,
  bigint: Number.MAX_SAFE_INTEGER,
};

/** @returns the largest value that the type holds; undefined for what is no integer type */
export function largestOf(type: string): number | undefined {
  return largest[type];
}

/** Numbers are used up faster the larger a system gets, and a column of another type takes weeks to prepare. */
export const usedForWarning = 0.75;
/** By now a migration of the column should be under way. */
export const usedForError = 0.9;

/** @returns how bad it is that so much is used up; undefined below the first threshold */
export function severityOfUse(share: number): 'error' | 'warning' | undefined {
  if (share >= usedForError) return 'error';
  return share >= usedForWarning ? 'warning' : undefined;
}
