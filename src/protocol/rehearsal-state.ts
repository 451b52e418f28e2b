import {
  RehearsalView,
  rehearsalViewVersion,
  type RehearsalAbout,
  type RehearsalChange,
  type RehearsalPhase,
  type StepView,
} from './rehearsal-view.ts';

/** Statements that are kept over a restart of the editor. */
const statementsKept = 500;

/** @returns the view of a rehearsal that has just begun. */
export function begunView(about: RehearsalAbout, steps: readonly StepView[], now: number): RehearsalView {
  return {
    version: rehearsalViewVersion,
    about,
    phase: {kind: 'running', startedAt: now, doing: {kind: 'starting'}, cancelling: false},
    steps,
    replay: null,
    notes: [],
  };
}

/** Both ends apply the same changes to the same view. A change that does not fit the phase leaves it as it is. */
export function applyChange(view: RehearsalView, change: RehearsalChange): RehearsalView {
  if (change.kind === 'live-data')
    return withStep(view, change.step, step => ({...step, liveData: change.liveData}));
  return view.phase.kind === 'running' ? progressed(view, view.phase, change) : view;
}

type Running = Extract<RehearsalPhase, {kind: 'running'}>;

function progressed(
  view: RehearsalView,
  phase: Running,
  change: Exclude<RehearsalChange, {kind: 'live-data'}>,
): RehearsalView {
  switch (change.kind) {
    case 'doing': {
      const next = {...view, phase: {...phase, doing: change.doing}};
      if (change.doing.kind !== 'step') return next;
      return withStep(next, change.doing.step, step =>
        step.state === 'waiting' ? {...step, state: 'running'} : step,
      );
    }
    case 'statement':
      return withStep(view, change.step, step => ({
        ...step,
        milliseconds: step.milliseconds + change.statement.milliseconds,
        statements: [...step.statements, change.statement],
      }));
    case 'step':
      return withStep(view, change.step, () => change.view);
    case 'cancelling':
      return {...view, phase: {...phase, cancelling: true}};
    case 'ended': {
      const {steps, notes, replay, version, connection, milliseconds} = change;
      const about = {...view.about, version, connection};
      return {...view, about, steps, notes, replay, phase: {kind: 'ended', milliseconds}};
    }
    case 'cancelled':
      return unfinished(view, {kind: 'cancelled', milliseconds: change.milliseconds});
    case 'failed':
      return unfinished(view, {kind: 'failed', failure: change.failure});
    case 'stopped':
      return unfinished(view, {kind: 'stopped', stop: change.stop});
    case 'refused':
      return unfinished(view, {kind: 'refused', refused: change.refused});
    default:
      return change satisfies never;
  }
}

function unfinished(view: RehearsalView, phase: RehearsalPhase): RehearsalView {
  const steps = view.steps.map(step =>
    step.state === 'waiting' || step.state === 'running' ? {...step, state: 'not-run' as const} : step,
  );
  return {...view, steps, phase};
}

function withStep(view: RehearsalView, index: number, change: (step: StepView) => StepView): RehearsalView {
  return {...view, steps: view.steps.map((step, at) => (at === index ? change(step) : step))};
}

/** @returns the view as a page may keep it over a restart of the editor: without the statements of very long files. */
export function keptView(view: RehearsalView): RehearsalView {
  let room = statementsKept;
  const steps = view.steps.map(step => {
    const statements = step.statements.slice(0, room);
    room -= statements.length;
    const dropped = step.statements.length - statements.length;
    return dropped === 0 ? step : {...step, statements, statementsDropped: step.statementsDropped + dropped};
  });
  return {...view, steps};
}

/** A report stays true; of a rehearsal that was going on nothing is left that could go on. */
export function restoredView(saved: unknown): RehearsalView | undefined {
  const {data: view} = RehearsalView.safeParse(saved);
  if (!view) return undefined;
  const settled = view.steps.map(step => {
    if (step.liveData?.kind !== 'asking') return step;
    const {liveData: _, ...rest} = step;
    return rest;
  });
  const restored = {...view, steps: settled};
  return view.phase.kind === 'running' ? unfinished(restored, {kind: 'lost'}) : restored;
}
