import type {Migration} from '../core/migrations/migration.ts';
import type {FileRange} from '../core/migrations/plan.ts';
import type {
  DataCheck,
  ObjectChange,
  ObservedStatement,
  ReplayStop,
  StepRehearsal,
  UndoVerdict,
} from '../core/rehearse/report.ts';
import type {AttributeValue} from '../core/schema/attributes.ts';
import {fileNameOf} from '../core/file-name.ts';
import {failureView} from './run-model.ts';
import {sourceAt, textAt} from './rehearsal-source.ts';
import type {
  ChangeView,
  CheckView,
  PlaceView,
  StatementView,
  StepView,
  StopView,
  UndoView,
} from './rehearsal-view.ts';

/** A migration and the lines of its files as they were rehearsed. */
export interface StepModel {
  readonly migration: Migration;
  readonly up: readonly string[];
  readonly down?: readonly string[];
}

/** @returns a step of which nothing is known yet */
export function waitingStep({migration}: StepModel): StepView {
  return {
    id: migration.id,
    label: migration.label,
    title: migration.title,
    ...(migration.up === undefined ? {} : {up: fileNameOf(migration.up)}),
    ...(migration.down === undefined ? {} : {down: fileNameOf(migration.down)}),
    state: 'waiting',
    milliseconds: 0,
    statements: [],
    statementsDropped: 0,
    changes: [],
    dataLoss: [],
  };
}

/**
 * @param pause called after each step: thousands of statements are made ready, and the host has other things to do
 * @returns what came of all steps; what an earlier one makes is as new as what a step makes itself
 */
export async function stepViews(
  models: readonly StepModel[],
  steps: readonly StepRehearsal[],
  pause: () => Promise<unknown>,
): Promise<readonly StepView[]> {
  const made = new Set<string>();
  const views: StepView[] = [];
  for (const [index, step] of steps.entries()) {
    const model = models[index];
    if (!model) continue;
    const view = stepView(model, step);
    const statements = view.statements.map(statement => ({
      ...statement,
      locks: statement.locks.map(lock => (made.has(lock.relation) ? {...lock, isNew: true} : lock)),
    }));
    for (const {relation, isNew} of statements.flatMap(({locks}) => locks)) if (isNew) made.add(relation);
    views.push({...view, statements});
    await pause();
  }
  return views;
}

/** @returns what came of a step as plain values, without paths */
export function stepView(model: StepModel, step: StepRehearsal): StepView {
  const {failure} = step;
  const at = failure?.at;
  return {
    ...waitingStep(model),
    state: step.verdict,
    milliseconds: step.milliseconds,
    ...(failure ? {failure: {failure: failureView(failure.failure), ...located(model, at)}} : {}),
    statements: step.statements.map(statement => statementView(model, statement)),
    changes: step.changes.map(changeView),
    undo: undoView(model, step.undo),
    dataLoss: step.dataLoss.map(({at, ...loss}) => ({...loss, ...placed(model, at)})),
  };
}

export function statementView(model: StepModel, statement: ObservedStatement): StatementView {
  const {range, locks, rewrites, scans, rows, words, ...rest} = statement;
  return {
    ...rest,
    at: placeView(model, range),
    text: textAt(model.up, range),
    locks: [...locks],
    rewrites: [...rewrites],
    scans: [...scans],
    rows: [...rows],
    words: [...words],
  };
}

export function checkView(model: StepModel, {what, at, result}: DataCheck): CheckView {
  return {
    what,
    ...placed(model, at),
    result: result.kind === 'unknown' ? {kind: 'unknown', failure: failureView(result.failure)} : result,
  };
}

/** @param lines of the file that does not run */
export function stopView(
  {migration, failure, at, cause}: ReplayStop,
  lines: readonly string[] | undefined,
): StopView {
  const {label, title} = migration;
  const view = {label, title, cause, failure: failureView(failure)};
  if (at === undefined) return view;
  const place = {file: fileNameOf(at.path), line: at.start.line + 1, column: at.start.column + 1};
  return {...view, at: place, ...(lines === undefined ? {} : {source: sourceAt(lines, at)})};
}

function undoView(model: StepModel, undo: UndoVerdict): UndoView {
  switch (undo.kind) {
    case 'undone':
    case 'no-down':
    case 'not-tried':
      return undo;
    case 'differs':
      return {
        kind: 'differs',
        differences: undo.differences.map(({at, ...difference}) => ({...difference, ...placed(model, at)})),
      };
    case 'fails':
      return {
        kind: 'fails',
        phase: undo.phase,
        failure: failureView(undo.failure),
        ...located(model, undo.at),
      };
    default:
      return undo satisfies never;
  }
}

function changeView({object, change, before, after, attributes}: ObjectChange): ChangeView {
  return {
    object: object.key,
    change,
    ...(before === undefined ? {} : {before}),
    ...(after === undefined ? {} : {after}),
    attributes: attributes.map(({name, before, after}) => ({
      name,
      before: valueText(before),
      after: valueText(after),
    })),
  };
}

function valueText(value: AttributeValue | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.join(', ');
  return Object.entries(value)
    .map(([name, each]) => `${name} = ${typeof each === 'string' ? each : each.join(', ')}`)
    .join('; ');
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

export function located(
  model: StepModel,
  at: FileRange | undefined,
): Pick<NonNullable<StepView['failure']>, 'at' | 'source'> {
  if (at === undefined) return {};
  const place = placeView(model, at);
  const lines = place.file === 'up' ? model.up : model.down;
  return {at: place, ...(lines === undefined ? {} : {source: sourceAt(lines, at)})};
}

function placed(model: StepModel, at: FileRange | undefined): {at?: PlaceView} {
  return at === undefined ? {} : {at: placeView(model, at)};
}

function placeView({migration}: StepModel, {path, start, end}: FileRange): PlaceView {
  return {
    file: path === migration.down ? 'down' : 'up',
    line: start.line + 1,
    column: start.column + 1,
    toLine: end.line + 1,
    toColumn: end.column + 1,
  };
}

/** @returns the place in the migration's own files; undefined where it has no such file */
export function rangeOfPlace(migration: Migration, place: PlaceView): FileRange | undefined {
  const path = migration[place.file];
  if (path === undefined) return undefined;
  return {
    path,
    start: {line: place.line - 1, column: place.column - 1},
    end: {line: place.toLine - 1, column: place.toColumn - 1},
  };
}
