import {basename, dirname} from 'node:path';
import type {Plan, Step, StepReport, Stopped} from '../../core/migrations/plan.ts';
import {samePosition} from '../../core/migrations/position.ts';
import {counted} from '../../core/words.ts';
import type {Ending} from './ending.ts';

/** What is certain about a migration that stopped on the way. */
export type Aftermath =
  /** One transaction, which the server has undone. */
  | {readonly kind: 'rolled-back'}
  /** One transaction for the whole run: what ran before it is undone as well. */
  | {readonly kind: 'run-rolled-back'}
  /** Pieces before the failing one are committed. */
  | {readonly kind: 'pieces-kept'; readonly kept: number}
  /** A lone statement outside a transaction, which can leave an invalid index. */
  | {readonly kind: 'outside-transaction'}
  /** The file commits by itself somewhere, or it is not known how it ended. */
  | {readonly kind: 'unknown'};

/** Why a run ended early. */
export interface Stop extends Stopped {
  readonly aftermath: Aftermath;
}

interface Told {
  readonly plan: Plan;
  readonly done: readonly StepReport[];
  readonly stop?: Stop;
  readonly ending: Ending;
  /** The tool's word for a database in which a migration failed, such as `dirty`. */
  readonly failed: string;
}

/** @returns what a run did and where the database is now, for the user. */
export function wordsOf({plan, done, stop, ending, failed}: Told): string {
  const verb = plan.direction === 'up' ? 'Applied' : 'Rolled back';
  const ran = done.length === 0 && stop !== undefined ? '' : `${verb} ${counted(done.length, 'migration')}.`;
  return [ran, stop === undefined ? '' : stopWords(stop, ending), whereWords(plan, ending, failed)]
    .filter(part => part !== '')
    .join(' ');
}

function stopWords({step, failure, aftermath}: NonNullable<Told['stop']>, ending: Ending): string {
  const file = nameOf(step);
  if (failure.reason === 'connection-lost') return lostWords(file, step, ending);
  // The server's word for it says that it was at work on the file.
  if (failure.reason === 'cancelled' && failure.server === undefined && ending.position.kind !== 'failed')
    return `Cancelled before ${file} began${aftermath.kind === 'run-rolled-back' ? aftermathWords(aftermath) : '.'}`;
  return `${file} ${failure.reason === 'cancelled' ? 'was cancelled' : 'failed'}${aftermathWords(aftermath)}`;
}

/** The file, with its folder where only that says which migration it is. */
function nameOf({path, migration: {label}}: Step): string {
  if (path === undefined) return label;
  return basename(path).includes(label) ? basename(path) : `${basename(dirname(path))}/${basename(path)}`;
}

function aftermathWords(aftermath: Aftermath): string {
  switch (aftermath.kind) {
    case 'rolled-back':
      return ', and nothing of it remains: the server has undone all of it.';
    case 'run-rolled-back':
      return ', and nothing of this run remains: it was one transaction, which the server has undone.';
    case 'pieces-kept':
      return ` after ${aftermath.kept} of its pieces, which are committed and remain.`;
    case 'outside-transaction':
      return '. It ran outside a transaction, so an invalid index may remain.';
    case 'unknown':
      return '. What it committed before remains; “Repair dirty state” shows what is there.';
    default:
      return aftermath satisfies never;
  }
}

function lostWords(file: string, step: Step, {stillWorking, position}: Ending): string {
  if (position.kind !== 'unknown' && samePosition(position, step.leads))
    return `The connection was lost when ${file} had been recorded as done.`;
  const working =
    stillWorking === undefined
      ? ''
      : ` The server is still working on it (pid ${stillWorking}): wait until it is done before you repair.`;
  return `The connection was lost while ${file} ran, so it is not known whether it was committed.${working}`;
}

function whereWords(plan: Plan, {position}: Ending, failed: string): string {
  switch (position.kind) {
    case 'none':
      return 'No migration is applied now.';
    case 'at':
      return `The database is at version ${labelIn(plan, position.id)}.`;
    case 'heads':
      return `The database is at the heads ${position.ids.map(id => labelIn(plan, id)).join(' and ')}.`;
    case 'failed':
      return position.id === '-1'
        ? `The bookkeeping says ${failed} at no version (-1), so nothing runs until that is repaired.`
        : `The bookkeeping says ${failed} at version ${labelIn(plan, position.id)}, so nothing runs until that is repaired.`;
    case 'unknown':
      return 'No new connection could be made to see where the database is now: connect again and look before anything else.';
    default:
      return position satisfies never;
  }
}

/** The version as its file writes it, where the plan knows the file. */
function labelIn({steps}: Plan, id: string): string {
  return steps.find(({migration}) => migration.id === id)?.migration.label ?? id;
}
