import {levelOf} from '../core/rehearse/locks.ts';
import type {LockView, RehearsalView, StatementView, StepView, UndoView} from './rehearsal-view.ts';

/** What others cannot do while the lock is held. */
export type Blocks = 'everything' | 'writes' | 'maintenance' | 'nothing';

/** @returns what a lock of this mode keeps applications from doing */
export function blocks(mode: LockView['mode']): Blocks {
  switch (mode) {
    case 'ACCESS EXCLUSIVE':
      return 'everything';
    case 'EXCLUSIVE':
    case 'SHARE ROW EXCLUSIVE':
    case 'SHARE':
      return 'writes';
    case 'SHARE UPDATE EXCLUSIVE':
      return 'maintenance';
    case 'ACCESS SHARE':
    case 'ROW SHARE':
    case 'ROW EXCLUSIVE':
      return 'nothing';
    default:
      return mode satisfies never;
  }
}

/** The lock that hurts most, and what goes on while it is held. */
export interface StrongestLock {
  readonly step: number;
  readonly statement: number;
  readonly lock: LockView;
  readonly during: 'rewrite' | 'scan' | 'moment';
}

/** @returns the strongest lock on what was there before; the one on the larger relation of two */
export function strongestLock(steps: readonly StepView[]): StrongestLock | undefined {
  let found: StrongestLock | undefined;
  for (const [step, {statements}] of steps.entries()) {
    for (const [index, statement] of statements.entries()) {
      for (const lock of statement.locks) {
        if (lock.isNew || lock.kind === 'sequence' || blocks(lock.mode) === 'nothing') continue;
        const next = {step, statement: index, lock, during: duringOf(statement, lock)};
        if (!found || weight(next) > weight(found)) found = next;
      }
    }
  }
  return found;
}

/** A rewrite or scan of a new table is nobody's concern, and those of others are their locks'. */
export function duringOf({rewrites, scans}: StatementView, {relation}: LockView): StrongestLock['during'] {
  if (rewrites.includes(relation)) return 'rewrite';
  return scans.includes(relation) ? 'scan' : 'moment';
}

const lengths = {moment: 0, scan: 1, rewrite: 2} as const;
/** Before an index of the same strength, whose table says more. */
const kinds = {table: 2, view: 1, index: 0, sequence: 0, other: 0} as const;

/** The mode first, then what takes long, then what is large. */
function weight({lock, during}: StrongestLock): number {
  const size = Math.log2((lock.facts?.bytes ?? 0) + 1);
  return levelOf(lock.mode) * 10_000 + lengths[during] * 1000 + kinds[lock.kind] * 100 + size;
}

/** How a whole rehearsal went, in numbers. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly notRun: number;
  readonly statements: number;
  /** Migrations whose down does not take their up back. */
  readonly badUndo: number;
  readonly withoutDown: number;
  /** What is there today and goes with the up files. */
  readonly lossNow: number;
}

/** @returns the counts of a view's steps */
export function summaryOf({steps}: Pick<RehearsalView, 'steps'>): Summary {
  const count = (wanted: (step: StepView) => boolean): number => steps.filter(wanted).length;
  return {
    passed: count(({state}) => state === 'passes'),
    failed: count(({state}) => state === 'fails'),
    notRun: count(({state}) => state === 'not-run'),
    statements: steps.reduce((sum, step) => sum + step.statements.length + step.statementsDropped, 0),
    badUndo: count(({undo}) => undo !== undefined && isBadUndo(undo)),
    withoutDown: count(({undo}) => undo?.kind === 'no-down'),
    lossNow: count(({dataLoss}) => dataLoss.some(isLossNow)),
  };
}

/** @returns whether it is known what becomes of the schema and the data: later than that up runs, with the undo */
export function isCompared({state, undo}: StepView): boolean {
  return state === 'passes' && undo !== undefined;
}

/** @returns whether rolling back leads somewhere else, in more than trifles */
export function isBadUndo(undo: UndoView): boolean {
  if (undo.kind === 'differs') return undo.differences.some(({grade}) => grade !== 'low');
  return undo.kind === 'fails';
}

/** @returns whether applying the migration takes away data that is there today */
export function isLossNow({direction, grade}: StepView['dataLoss'][number]): boolean {
  return direction === 'up' && grade === 'existing';
}
