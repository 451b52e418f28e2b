import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import {labelOf} from '../../core/migrations/position.ts';
import type {Failure} from '../../core/outcome.ts';
import type {TargetState} from '../../core/rollout/rollout.ts';
import {showDuration} from '../durations.ts';
import type {Paint} from '../paint.ts';
import type {PlannedTarget} from '../rollout/plan-target.ts';
import {describeEnvironment} from './heading.ts';
import {table, type Cell} from './table.ts';

/** A target that could not be planned is `refused`. */
export type RowState = TargetState | {readonly kind: 'refused'; readonly failure: Failure};

export interface TargetRow {
  readonly id: string;
  readonly connection: Connection;
  readonly planned?: PlannedTarget;
  readonly state: RowState;
}

/**
 * @param over nothing runs any more: what waits was not begun
 * @returns the table of targets and how they fare
 */
export function renderRollout(rows: readonly TargetRow[], over: boolean, paint: Paint): string {
  return table(
    rows.map((row): readonly Cell[] => [
      {text: marks[row.state.kind], paint: text => paint(colours[row.state.kind], text)},
      {text: row.id, paint: text => paint('bold', text)},
      {text: row.connection.environment, paint: () => describeEnvironment(row.connection, paint)},
      {text: describeTarget(row.connection.settings), paint: text => paint('dim', text)},
      {text: versions(row)},
      {text: row.state.kind === 'waiting' && over ? 'not begun' : stateWords(row.state)},
    ]),
  );
}

const marks = {
  waiting: '○',
  running: '○',
  done: '✓',
  unchanged: '✓',
  failed: '✗',
  refused: '✗',
} as const satisfies Record<RowState['kind'], string>;

const colours = {
  waiting: 'dim',
  running: 'dim',
  done: 'green',
  unchanged: 'green',
  failed: 'red',
  refused: 'red',
} as const satisfies Record<RowState['kind'], Parameters<Paint>[0]>;

/** @returns a state in words, such as `done in 1.2 s` */
export function stateWords(state: RowState): string {
  switch (state.kind) {
    case 'waiting':
      return 'waiting';
    case 'running':
      return `running ${state.done + 1} of ${state.of}`;
    case 'done':
      return `done in ${showDuration(state.milliseconds)}`;
    case 'unchanged':
      return 'nothing to do';
    case 'failed':
      return `${state.failure.reason === 'cancelled' ? 'cancelled' : 'failed'}: ${state.words ?? state.failure.message}`;
    case 'refused':
      return `refused: ${state.failure.message}`;
    default:
      return state satisfies never;
  }
}

function versions({planned}: TargetRow): string {
  if (!planned) return '';
  const {from, plan, migrations} = planned;
  const at = labelOf(from, migrations) ?? 'none';
  const to = plan && (labelOf(plan.steps.at(-1)?.leads ?? from, migrations) ?? 'none');
  return to === undefined ? at : `${at} → ${to} (${plan?.steps.length ?? 0})`;
}
