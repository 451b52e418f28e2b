import {
  RunView,
  runViewVersion,
  type HolderView,
  type PlanView,
  type RunChange,
  type RunPhase,
} from './run-panel.ts';

/** A server can send a notice for every row; the panel keeps the first ones, which name the cause. */
const noticesKept = 500;

export type StepState =
  | {readonly kind: 'waiting'}
  | {readonly kind: 'running'; readonly startedAt: number}
  | {readonly kind: 'done'; readonly milliseconds: number}
  | {readonly kind: 'failed'}
  | {readonly kind: 'cancelled'}
  /** The run ended before this step. */
  | {readonly kind: 'not-run'}
  /** The host no longer knows. */
  | {readonly kind: 'unknown'};

/** @returns the view of a plan that waits for its confirmation. */
export function plannedView(plan: PlanView): RunView {
  return {version: runViewVersion, plan, phase: {kind: 'planned'}, notices: [], noticesDropped: 0};
}

/** Both ends apply the same changes to the same view. A change that does not fit the phase leaves it as it is. */
export function applyChange(view: RunView, change: RunChange): RunView {
  if (change.kind === 'notice') return withNotice(view, change.text);
  // What comes after the click is of no use to whoever has clicked.
  if (change.kind === 'rehearsed')
    return view.phase.kind === 'planned' ? {...view, rehearsed: change.rehearsed} : view;
  return {...view, phase: nextPhase(view.phase, change)};
}

function withNotice(view: RunView, text: string): RunView {
  if (view.notices.length >= noticesKept) return {...view, noticesDropped: view.noticesDropped + 1};
  const current = view.phase.kind === 'running' ? view.phase.current : undefined;
  const notice = current === undefined ? {text} : {text, step: current.step};
  return {...view, notices: [...view.notices, notice]};
}

function nextPhase(phase: RunPhase, change: Exclude<RunChange, {kind: 'notice' | 'rehearsed'}>): RunPhase {
  switch (change.kind) {
    case 'run-started':
      return {kind: 'running', startedAt: change.at, done: [], cancelling: false};
    case 'ended':
      return {kind: 'ended', report: change.report};
    case 'refused':
      return {kind: 'refused', failure: change.failure};
    case 'broke':
      return {kind: 'lost', why: 'broke'};
    case 'waiting':
    case 'step-started':
    case 'step-finished':
    case 'cancelling':
      return phase.kind === 'running' ? progressed(phase, change) : phase;
    default:
      return change satisfies never;
  }
}

type Running = Extract<RunPhase, {kind: 'running'}>;
type Progress = Extract<RunChange, {kind: 'waiting' | 'step-started' | 'step-finished' | 'cancelling'}>;

function progressed(phase: Running, change: Progress): Running {
  const {startedAt, done, cancelling, waiting} = phase;
  switch (change.kind) {
    case 'waiting': {
      const since = waiting?.since ?? change.at;
      const holder = change.holder && holderAsOf(since, change.holder, change.at);
      return {...phase, waiting: holder === undefined ? {since} : {since, holder}};
    }
    case 'step-started':
      return {
        kind: 'running',
        startedAt,
        done,
        cancelling,
        current: {step: change.step, startedAt: change.at},
      };
    case 'step-finished':
      return {kind: 'running', startedAt, done: [...done, change.milliseconds], cancelling};
    case 'cancelling':
      return {...phase, cancelling: true};
    default:
      return change satisfies never;
  }
}

/** The holder's age as it was at `since`, so that whoever shows it can count on from there. */
function holderAsOf(since: number, holder: HolderView, at: number): HolderView {
  if (holder.ageSeconds === undefined) return holder;
  return {...holder, ageSeconds: holder.ageSeconds - (at - since) / 1000};
}

/** @returns what the view's phase says about the step at `index`. */
export function stepState({phase}: RunView, index: number): StepState {
  switch (phase.kind) {
    case 'planned':
      return {kind: 'waiting'};
    case 'refused':
      return {kind: 'not-run'};
    case 'lost':
      return {kind: phase.why === 'plan-gone' ? 'not-run' : 'unknown'};
    case 'running':
      if (phase.current?.step === index) return {kind: 'running', startedAt: phase.current.startedAt};
      return doneState(phase.done[index]) ?? {kind: 'waiting'};
    case 'ended': {
      const {stopped, done} = phase.report;
      if (stopped?.step === index) {
        return {kind: stopped.failure.reason === 'cancelled' ? 'cancelled' : 'failed'};
      }
      return doneState(done[index]) ?? {kind: 'not-run'};
    }
    default:
      return phase satisfies never;
  }
}

function doneState(milliseconds: number | undefined): StepState | undefined {
  return milliseconds === undefined ? undefined : {kind: 'done', milliseconds};
}

/**
 * What is left of a page that the editor restores after a restart: a report stays true, a plan may not be,
 * and of a run that was going on nobody here knows how it ended.
 */
export function restoredView(saved: unknown): RunView {
  const {data: view} = RunView.safeParse(saved);
  if (!view?.plan) {
    const phase: RunPhase = {kind: 'lost', why: 'nothing-kept'};
    return {version: runViewVersion, plan: null, phase, notices: [], noticesDropped: 0};
  }
  return {...view, plan: {...view.plan, can: {act: false, again: false}}, phase: restoredPhase(view.phase)};
}

function restoredPhase(phase: RunPhase): RunPhase {
  switch (phase.kind) {
    case 'planned':
      return {kind: 'lost', why: 'plan-gone'};
    case 'running':
      return {kind: 'lost', why: 'run-gone'};
    case 'ended':
    case 'refused':
    case 'lost':
      return phase;
    default:
      return phase satisfies never;
  }
}
