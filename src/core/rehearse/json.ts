import {nameOf} from '../schema/key.ts';
import type {RehearsalReport, StepRehearsal} from './report.ts';

/** Rises when a field changes its meaning or goes; new fields may come at any time. */
export const rehearsalJsonVersion = 1;

/**
 * A report as plain JSON for scripts. The shape, with 0-based lines and columns, times in milliseconds and sizes in
 * bytes:
 *
 * - `version` of the shape, `where` (`embedded`, `scratch`, `server`), `serverVersion`, `target`, `notes`
 * - `passes`: every migration ran, and every down that was tried leads back
 * - `replay`: `{milliseconds, files}`
 * - `steps`: each `{id, label, title, path, verdict, milliseconds, failure, statements, changes, undo, dataLoss, liveData}`
 *   with `statements` as they ran (`locks`, `rewrites`, `scans`, `rows`, `words`), and `changes` as
 *   `{kind, name, change, before, after}`
 *
 * @returns a value that `JSON.stringify` writes as it is
 */
export function rehearsalJson(report: RehearsalReport): RehearsalJson {
  const {where, version, target, notes, replay, milliseconds, steps} = report;
  return {
    version: rehearsalJsonVersion,
    where,
    serverVersion: version,
    ...(target === undefined ? {} : {target}),
    passes: steps.every(isClean),
    milliseconds,
    replay,
    steps: steps.map(stepJson),
    notes,
  };
}

export interface RehearsalJson {
  readonly version: number;
  readonly where: RehearsalReport['where'];
  readonly serverVersion: string;
  readonly target?: string;
  readonly passes: boolean;
  readonly milliseconds: number;
  readonly replay: RehearsalReport['replay'];
  readonly steps: readonly StepJson[];
  readonly notes: readonly string[];
}

type StepJson = Omit<StepRehearsal, 'migration' | 'changes'> & {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly changes: readonly {
    readonly kind: string;
    readonly name: string;
    readonly change: 'added' | 'removed' | 'changed';
    readonly before?: string;
    readonly after?: string;
  }[];
};

function stepJson({migration, changes, ...step}: StepRehearsal): StepJson {
  const {id, label, title} = migration;
  return {
    id,
    label,
    title,
    ...step,
    changes: changes.map(({object, change, before, after}) => ({
      kind: object.kind,
      name: nameOf(object),
      change,
      ...(before === undefined ? {} : {before}),
      ...(after === undefined ? {} : {after}),
    })),
  };
}

/** @returns whether it ran, down leads back as far as that was tried, and the target's rows do not forbid it */
export function isClean({verdict, undo, liveData = []}: StepRehearsal): boolean {
  return (
    verdict === 'passes' &&
    undo.kind !== 'fails' &&
    !(undo.kind === 'differs' && undo.differences.some(({grade}) => grade !== 'low')) &&
    !liveData.some(({result}) => result.kind === 'offends')
  );
}
