import type {StepRehearsal} from '../../core/rehearse/report.ts';
import type {RehearsalStep} from './request.ts';

/** @returns a migration behind one that fails */
export function notRun({up}: RehearsalStep): StepRehearsal {
  return {
    migration: up.migration,
    ...(up.path === undefined ? {} : {path: up.path}),
    verdict: 'not-run',
    milliseconds: 0,
    statements: [],
    changes: [],
    undo: {kind: 'not-tried', why: 'An earlier migration fails.'},
    dataLoss: [],
  };
}
