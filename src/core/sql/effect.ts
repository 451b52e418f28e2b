import type {DatabaseObject} from './objects.ts';

/** What a statement does to one object of the catalog. */
export interface Effect {
  readonly object: DatabaseObject;
  /** What the catalog shows once the statement has run. */
  readonly leaves: 'present' | 'absent';
  /** The statement also succeeds when it was so before (`IF NOT EXISTS`, `OR REPLACE`, `IF EXISTS`). */
  readonly tolerant: boolean;
}

export function present(object: DatabaseObject | undefined, tolerant = false): readonly Effect[] {
  return object === undefined ? [] : [{object, leaves: 'present', tolerant}];
}

export function absent(object: DatabaseObject | undefined, tolerant = false): readonly Effect[] {
  return object === undefined ? [] : [{object, leaves: 'absent', tolerant}];
}
