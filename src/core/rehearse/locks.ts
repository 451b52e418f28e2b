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
