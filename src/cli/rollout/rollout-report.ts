import {placeInFile} from '../../core/migrations/place.ts';
import type {RolloutEnd} from '../../core/rollout/rollout.ts';
import {counted} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import {connectionBody, projectBody, stepBody} from '../bodies.ts';
import {exitCodeOf, exitCodes, type ExitCode} from '../exit-codes.ts';
import {repairAdvice} from '../help.ts';
import type {Documents} from '../json.ts';
import {renderRollout, type TargetRow} from '../render/rollout.ts';
import {report, type Report} from '../report.ts';
import type {RolloutWish} from './targets-of.ts';

export interface RolledOut {
  readonly wish: RolloutWish;
  readonly project: Project;
  readonly end: RolloutEnd['kind'] | 'refused';
  readonly rows: readonly TargetRow[];
}

/** @returns what came of it, for both kinds of readers */
export function rolloutReport({wish, project, end, rows}: RolledOut): Report {
  const {group, canary, limit} = wish;
  const body = {
    command: 'rollout' as const,
    project: projectBody(project),
    ...(group === undefined ? {} : {group}),
    ...(canary === undefined ? {} : {canary}),
    limit,
    end,
    targets: rows.map(targetBody),
  };
  const text = `${summary(rows)}${rows.some(isMarked) ? `${repairAdvice}\n` : ''}`;
  return report('rollout', exitCode(end, rows), body, paint => `${renderRollout(rows, true, paint)}${text}`);
}

type TargetBody = Documents['rollout']['targets'][number];

function targetBody({connection, planned, state}: TargetRow): TargetBody {
  const steps = planned?.plan?.steps ?? [];
  const to = steps.at(-1)?.leads;
  const body = {
    connection: connectionBody(connection),
    state: state.kind === 'waiting' || state.kind === 'running' ? ('not-begun' as const) : state.kind,
    ...(planned ? {from: planned.from} : {}),
    ...(to ? {to} : {}),
    pending: steps.length,
    done: 0,
  };
  switch (state.kind) {
    case 'done':
      return {...body, done: state.steps, milliseconds: Math.round(state.milliseconds)};
    case 'refused':
      return {...body, failure: state.failure};
    case 'failed': {
      const {stopped, words, failure} = state;
      return {
        ...body,
        done: state.steps,
        failure,
        ...(words === undefined ? {} : {words}),
        ...(stopped
          ? {stopped: {step: stepBody(stopped.step), ...(stopped.at ? {at: placeInFile(stopped.at)} : {})}}
          : {}),
      };
    }
    case 'waiting':
    case 'running':
    case 'unchanged':
      return body;
    default:
      return state satisfies never;
  }
}

function summary(rows: readonly TargetRow[]): string {
  const count = (...kinds: readonly TargetRow['state']['kind'][]): number =>
    rows.filter(({state}) => kinds.includes(state.kind)).length;
  const parts = [
    `${count('done', 'unchanged')} of ${counted(rows.length, 'database')} up to date`,
    count('failed') > 0 ? `${count('failed')} failed` : '',
    count('refused') > 0 ? `${count('refused')} refused` : '',
    count('waiting') > 0 ? `${count('waiting')} not begun` : '',
  ];
  return `${parts.filter(Boolean).join(', ')}.\n`;
}

function isMarked({state}: TargetRow): boolean {
  if (state.kind === 'refused') return state.failure.reason === 'dirty';
  return state.kind === 'failed' && state.marked;
}

function exitCode(end: RolledOut['end'], rows: readonly TargetRow[]): ExitCode {
  switch (end) {
    case 'complete':
      return exitCodes.done;
    case 'held':
    case 'cancelled':
      return exitCodes.cancelled;
    case 'refused':
    case 'stopped': {
      const [first] = rows.flatMap(({state}) =>
        state.kind === 'failed' || state.kind === 'refused' ? [state] : [],
      );
      if (!first) return exitCodes.failed;
      return first.kind === 'failed' && first.stopped ? exitCodes.failed : exitCodeOf(first.failure.reason);
    }
    default:
      return end satisfies never;
  }
}
