import {levelOf, modeOf} from './locks.ts';
import type {LockMode, ObservedStatement, StepRehearsal} from './report.ts';

/** The strongest locks on relations that were there before. */
export interface WorkLocks {
  /** Held for a moment at least. */
  readonly ever?: LockMode;
  /** Held while a table that was there is read from end to end or written anew. */
  readonly duringWork?: LockMode;
}

/** @returns what others wait for while the migrations run, one after the other */
export function workLocks(steps: readonly StepRehearsal[]): WorkLocks {
  let ever = 0;
  let duringWork = 0;
  for (const {statements} of steps) {
    let held = 0;
    for (const statement of statements) {
      const own = strongest(statement);
      ever = Math.max(ever, own);
      // What ran alone gave its locks back, and so did those before it in their own transaction.
      held = statement.transaction === 'block' ? Math.max(held, own) : own;
      if (statement.scans.length > 0 || statement.rewrites.length > 0)
        duringWork = Math.max(duringWork, held);
      if (statement.transaction !== 'block') held = 0;
    }
  }
  return {
    ...(ever === 0 ? {} : {ever: modeOf(ever)}),
    ...(duringWork === 0 ? {} : {duringWork: modeOf(duringWork)}),
  };
}

function strongest({locks}: ObservedStatement): number {
  return Math.max(0, ...locks.filter(({isNew}) => !isNew).map(({mode}) => levelOf(mode)));
}

/** @returns whether nobody waits longer than before, and somebody less */
export function isWeaker(fixed: WorkLocks, original: WorkLocks): boolean {
  const during = levelIn(fixed.duringWork) - levelIn(original.duringWork);
  return during < 0 || (during === 0 && levelIn(fixed.ever) < levelIn(original.ever));
}

function levelIn(mode: LockMode | undefined): number {
  return mode === undefined ? 0 : levelOf(mode);
}
