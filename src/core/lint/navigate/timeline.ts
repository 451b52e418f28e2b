import {breather, type Breathing} from '../engine/breather.ts';
import type {WholePassage} from '../engine/read.ts';
import {madeIn, type HistoryModel} from '../model/history.ts';
import type {Model} from '../model/model.ts';
import type {StatementAt} from '../parse-cache.ts';

/** A statement that runs before the one under the cursor. */
export interface Step extends StatementAt {
  readonly passage: WholePassage;
  readonly place: {readonly path: string; readonly id: string};
}

/** What was reached last, for the next key that is pressed in the same file. */
interface Timeline {
  readonly base: Model;
  readonly steps: readonly Step[];
  /** The schema before the step of that number. */
  readonly points: ReadonlyMap<number, Model>;
}

/** So many steps are taken anew at the most, if nothing before them has changed. */
const distance = 40;

const timelines = new WeakMap<HistoryModel, Timeline>();

/** @returns the schema that some statements lead to, from one that the history keeps */
export async function modelAfter(
  history: HistoryModel,
  base: Model,
  steps: readonly Step[],
  breathing: Breathing,
): Promise<Model> {
  const known = timelines.get(history);
  const last = known?.base === base ? known : undefined;
  const changed = steps.findIndex((step, index) => !isSame(step, last?.steps[index]));
  const same = changed < 0 ? steps.length : changed;
  const points = new Map([...(last?.points ?? [])].filter(([index]) => index <= same));
  const nearest = Math.max(0, ...points.keys());
  const model = (points.get(nearest) ?? base).fork();
  // What somebody gives up halfway would be kept as if it were all.
  const {signal: _signal, ...patient} = breathing;
  const breathe = breather(patient);
  for (const [index, {statement, start, passage, place}] of steps.entries()) {
    if (index < nearest) continue;
    if (index % distance === 0) points.set(index, model.fork());
    model.apply(statement, madeIn(passage, start, place));
    await breathe();
  }
  timelines.set(history, {base, steps, points});
  return model;
}

/** Places are kept too, so that it must stand where it stood. */
function isSame(one: Step | undefined, other: Step | undefined): boolean {
  return (
    one?.statement === other?.statement &&
    one?.start === other?.start &&
    one?.place.path === other?.place.path &&
    one?.passage.passage.span.start === other?.passage.passage.span.start
  );
}
