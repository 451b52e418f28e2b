import type {LockMode} from './report.ts';

/** The modes from the weakest to the strongest; the index + 1 is PostgreSQL's own number (lockdefs.h). */
export const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const satisfies readonly LockMode[];

/** @returns 1 for ACCESS SHARE to 8 for ACCESS EXCLUSIVE. */
export function levelOf(mode: LockMode): number {
  return lockModes.indexOf(mode) + 1;
}

/** @returns the mode of a level of `levelOf`. */
export function modeOf(level: number): LockMode {
  return lockModes[level - 1] ?? 'ACCESS SHARE';
}

/** By level: the weakest mode that it conflicts with; all stronger ones do as well, but SHARE with SHARE. */
const conflictsFrom = [8, 7, 5, 4, 3, 3, 2, 1] as const;

/**
 * @returns whether one waits while another session holds the other
 * Source: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES, the table of conflicts
 */
export function conflict(one: LockMode, other: LockMode): boolean {
  if (one === 'SHARE' && other === 'SHARE') return false;
  return levelOf(other) >= (conflictsFrom[levelOf(one) - 1] ?? 1);
}
