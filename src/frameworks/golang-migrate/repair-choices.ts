import type {Migration} from '../../core/migrations/migration.ts';
import type {RepairChoice} from '../framework.ts';
import type {Finding} from './diagnose.ts';

/** @returns the versions that can be recorded, the one before the failed migration first; at most one recommended. */
export function choicesFor(finding: Finding): readonly RepairChoice[] {
  const {failed, previous, left, direction} = finding;
  const advised = advisedSide(finding);
  return [
    {
      ...idOf(previous),
      title:
        previous === undefined ? 'Record no version' : `Record version ${previous.label} as the current one`,
      why: beforeReason(direction, left, failed),
      recommended: advised === 'before',
    },
    {
      id: failed.id,
      title: `Record version ${failed.label} as applied`,
      why: afterReason(direction, left, failed),
      recommended: advised === 'after',
    },
  ];
}

/**
 * `before`: the database is as it was without the failed migration; `after`: as it is with it. A half-applied file
 * that does not run as one transaction fits neither, until somebody has finished or undone it.
 */
function advisedSide({left, direction, atomic}: Finding): 'before' | 'after' | undefined {
  const undone = left === 'nothing' || (left === 'part' && atomic);
  if (undone) return direction === 'down' ? 'after' : 'before';
  if (left === 'all') return direction === 'down' ? 'before' : 'after';
  return undefined;
}

function beforeReason(direction: Finding['direction'], left: Finding['left'], {label}: Migration): string {
  if (direction === 'down')
    return left === 'all'
      ? `Rolling back ${label} removed everything, so the database is already there.`
      : `Right once all that ${label} made is removed.`;
  return left === 'nothing'
    ? `Nothing of ${label} is left. Correct the file and apply it again.`
    : `Right once all that ${label} made is removed; ${label} can then be applied again.`;
}

function afterReason(direction: Finding['direction'], left: Finding['left'], {label}: Migration): string {
  if (direction === 'down')
    return left === 'nothing'
      ? `All that ${label} made is still there. Correct its down file and roll back again.`
      : `Right once all that ${label} makes is back in place.`;
  return left === 'all'
    ? `All that ${label} makes is there; only the record is missing.`
    : `Right once the rest of ${label} is done by hand.`;
}

function idOf(migration: Migration | undefined): {readonly id?: string} {
  return migration === undefined ? {} : {id: migration.id};
}
