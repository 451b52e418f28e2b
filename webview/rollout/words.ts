import type {RolloutPhase, RolloutView, TargetView} from '../../src/protocol/rollout-panel.ts';
import {nameToType, strictest, toMigrate} from '../../src/protocol/rollout-state.ts';
import {duration} from '../run/words.ts';
import {counted} from '../ui/counted.ts';

/** Every English text of the rollout panel. */

export const labels = {
  targets: 'Targets',
  planning: 'Reading the status…',
  copy: 'Copy as Markdown',
  copied: 'The table was copied.',
  canary: 'Canary',
  canaryHint: 'Runs alone and first; then you are asked before the others begin.',
  noCanary: 'None',
  limit: 'At the same time',
  again: 'Plan Again',
  resume: 'Resume…',
  leaveOut: 'Leave Out',
  close: 'Close',
  dismiss: 'Cancel',
  stop: 'Stop',
  stopHint: 'Starts no further one. Those that run go on to their end.',
  stopping: 'Cancel the Running Ones',
  cancelling: 'Cancelling…',
  open: 'Open File',
  showSql: 'Show SQL',
  repair: 'Repair…',
  stopHere: 'Stop Here',
  name: 'Name to confirm',
  nameDiffers: 'That is not the name asked for, so nothing was begun.',
  notReady: 'The targets have changed meanwhile. Plan again.',
  channelBroken: 'Howdah did not answer. Close this panel and start again; its log says more.',
  databaseNow: 'The database now',
} as const;

export function databases(count: number): string {
  return counted(count, 'database');
}

/** How many are where they should be. */
export function wellIn({targets}: RolloutView): number {
  return targets.filter(({state}) => state.kind === 'done' || state.kind === 'unchanged').length;
}

export function runLabel(view: RolloutView): string {
  const {length} = toMigrate(view);
  if (strictest(toMigrate(view)) === 'staging' && view.group !== null)
    return `Apply to ${databases(length)} of ${view.group}`;
  return `Apply to ${length === 1 ? '1 Database' : `${length.toLocaleString('en')} Databases`}`;
}

export const typeTheName = {before: 'Production is among them. Type ', after: ' to enable the button.'};

export function nameDescription(view: RolloutView): string {
  return `The button “${runLabel(view)}” stays disabled until this is exactly ${nameToType(view)}.`;
}

export function title(view: RolloutView): string {
  const {targets, group, phase} = view;
  const all = databases(targets.length);
  const of = group === null ? '' : ` of ${group}`;
  switch (phase.kind) {
    case 'planning':
      return `Reading the status of ${all}${of}`;
    case 'planned': {
      const waiting = toMigrate(view).length;
      if (waiting > 0) return `Apply to ${databases(waiting)}${of}`;
      return wellIn(view) === targets.length
        ? upToDate(targets.length, of)
        : `Nothing to apply to ${all}${of}`;
    }
    case 'running':
      if (phase.asking) return 'The canary is well';
      return `Applying to ${all}${of}`;
    case 'ended':
      return endTitle(view, phase, of);
    default:
      return phase satisfies never;
  }
}

function upToDate(count: number, of: string): string {
  return count === 1 ? `The database${of} is up to date` : `All ${databases(count)}${of} are up to date`;
}

function endTitle(view: RolloutView, {end}: Extract<RolloutPhase, {kind: 'ended'}>, of: string): string {
  const failed = view.targets.filter(({state}) => state.kind === 'failed');
  switch (end) {
    case 'complete':
      return upToDate(view.targets.length, of);
    case 'stopped':
      return failed.length === 1 ? `${failed[0]?.name ?? ''} failed` : `${databases(failed.length)} failed`;
    case 'held':
      return 'Stopped by you';
    case 'cancelled':
      return 'Cancelled';
    case 'interrupted':
      return 'Interrupted when the editor was closed';
    case 'broke':
      return 'Howdah broke off';
    default:
      return end satisfies never;
  }
}

/** What to know below the heading. */
export function lead(view: RolloutView): string {
  const {phase, targets} = view;
  const open = toMigrate(view).length;
  const well = `${wellIn(view)} of ${databases(targets.length)} done`;
  if (phase.kind === 'running' && phase.going === 'stopping')
    return 'No further one is started. Those that run go on to their end.';
  if (phase.kind === 'running' && phase.going === 'cancelling') return 'The running ones are told to end.';
  if (phase.kind !== 'ended' || phase.end === 'complete') return '';
  if (phase.end === 'interrupted')
    return `${well}. How those that were running ended is read from their databases when you resume.`;
  if (phase.end === 'broke')
    return `${well}. This is a defect in Howdah, and its log says more. Resume reads every database anew.`;
  return open === 0 ? `${well}.` : `${well}, ${open.toLocaleString('en')} not begun.`;
}

export function refusedSummary(refused: readonly TargetView[]): string {
  return refused.length === 1
    ? '1 target cannot be migrated, so nothing begins as long as it is among them.'
    : `${refused.length.toLocaleString('en')} targets cannot be migrated, so nothing begins as long as they are among them.`;
}

export function goOn(others: number): string {
  return others === 1 ? 'Go On with the Other 1' : `Go On with the Other ${others.toLocaleString('en')}`;
}

export function canaryQuestion(canary: string, others: number): string {
  return `${canary} is done. Look at it as long as you like, then go on with the ${others === 1 ? 'other database' : `other ${databases(others)}`}.`;
}

/** From what to what. */
export function versions({planned}: TargetView): string {
  if (!planned) return '';
  const from = planned.from ?? 'none';
  return planned.steps === 0 ? from : `${from} → ${planned.to ?? 'none'}`;
}

/** How many migrations it has still to run. */
export function pending({planned, state}: TargetView): string {
  if (!planned) return '';
  switch (state.kind) {
    case 'done':
    case 'failed':
      return String(planned.steps - state.steps);
    case 'running':
      return String(planned.steps - state.done);
    case 'planning':
    case 'refused':
    case 'unknown':
      return '';
    case 'waiting':
    case 'unchanged':
      return String(planned.steps);
    default:
      return state satisfies never;
  }
}

/** @param over nothing runs any more: what waits was not begun */
export function stateWords({state}: TargetView, over: boolean): string {
  switch (state.kind) {
    case 'planning':
      return 'reading';
    case 'waiting':
      return over ? 'not begun' : 'waiting';
    case 'running':
      return state.of === 0 ? 'connecting' : `running ${Math.min(state.done + 1, state.of)} of ${state.of}`;
    case 'done':
      return `done in ${duration(state.milliseconds)}`;
    case 'unchanged':
      return 'nothing to do';
    case 'failed':
      return `${state.failure.reason === 'cancelled' ? 'cancelled' : 'failed'}${place(state)}: ${state.failure.message}`;
    case 'refused':
      return `refused: ${state.failure.message}`;
    case 'unknown':
      return 'not known: it was running';
    default:
      return state satisfies never;
  }
}

type Failed = Extract<TargetView['state'], {kind: 'failed'}>;

function place(state: Failed): string {
  const where = placeOf(state);
  return where === undefined ? '' : ` in ${where}`;
}

export function placeOf({file, at}: Failed): string | undefined {
  if (file === undefined) return undefined;
  return at === undefined ? file : `${file}:${at.line}:${at.column}`;
}

export function isOver({phase}: RolloutView): boolean {
  return phase.kind === 'ended';
}
