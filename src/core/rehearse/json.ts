import {nameOf} from '../schema/key.ts';
import type {FileRange} from '../migrations/plan.ts';
import {placeInFile, type Place} from '../migrations/place.ts';
import type {
  DataCheck,
  DataLoss,
  ObservedStatement,
  RehearsalReport,
  StepRehearsal,
  UndoDifference,
  UndoVerdict,
} from './report.ts';

/** Rises when a field changes its meaning or goes; new fields may come at any time. */
export const rehearsalJsonVersion = 1;

/**
 * A report as plain JSON for scripts. The shape, with 1-based lines and columns, times in milliseconds and sizes in
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

type Placed<T> = T extends {readonly at?: FileRange} ? Omit<T, 'at'> & {readonly at?: Place} : T;

type StepJson = Pick<StepRehearsal, 'path' | 'verdict' | 'milliseconds'> & {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly failure?: Placed<NonNullable<StepRehearsal['failure']>>;
  readonly statements: readonly (Omit<ObservedStatement, 'range'> & {readonly at: Place})[];
  readonly changes: readonly {
    readonly kind: string;
    readonly name: string;
    readonly change: 'added' | 'removed' | 'changed';
    readonly before?: string;
    readonly after?: string;
  }[];
  readonly undo: UndoJson;
  readonly dataLoss: readonly Placed<DataLoss>[];
  readonly liveData?: readonly Placed<DataCheck>[];
};

type UndoJson =
  | Exclude<UndoVerdict, {readonly kind: 'differs' | 'fails'}>
  | Placed<Extract<UndoVerdict, {readonly kind: 'fails'}>>
  | {readonly kind: 'differs'; readonly differences: readonly Placed<UndoDifference>[]};

function stepJson(step: StepRehearsal): StepJson {
  const {migration, path, verdict, milliseconds, failure, liveData} = step;
  const {id, label, title} = migration;
  return {
    id,
    label,
    title,
    ...(path === undefined ? {} : {path}),
    verdict,
    milliseconds,
    ...(failure ? {failure: placed(failure)} : {}),
    statements: step.statements.map(({range, ...statement}) => ({...statement, at: placeInFile(range)})),
    changes: step.changes.map(({object, change, before, after}) => ({
      kind: object.kind,
      name: nameOf(object),
      change,
      ...(before === undefined ? {} : {before}),
      ...(after === undefined ? {} : {after}),
    })),
    undo: undoJson(step.undo),
    dataLoss: step.dataLoss.map(loss => placed(loss)),
    ...(liveData ? {liveData: liveData.map(check => placed(check))} : {}),
  };
}

function undoJson(undo: UndoVerdict): UndoJson {
  switch (undo.kind) {
    case 'differs':
      return {kind: 'differs', differences: undo.differences.map(difference => placed(difference))};
    case 'fails':
      return placed(undo);
    case 'undone':
    case 'no-down':
    case 'not-tried':
      return undo;
    default:
      return undo satisfies never;
  }
}

function placed<T extends {readonly at?: FileRange}>({
  at,
  ...rest
}: T): Omit<T, 'at'> & {readonly at?: Place} {
  return {...rest, ...(at ? {at: placeInFile(at)} : {})};
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
