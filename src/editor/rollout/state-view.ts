import type {TargetState} from '../../core/rollout/rollout.ts';
import type {TargetViewState} from '../../protocol/rollout-panel.ts';
import {failureView, fileName} from '../../protocol/run-model.ts';

/** @returns a target's state as plain values, without paths */
export function stateView(state: TargetState): TargetViewState {
  switch (state.kind) {
    case 'waiting':
    case 'unchanged':
      return {kind: state.kind};
    case 'running':
      return {kind: 'running', done: state.done, of: state.of};
    case 'done':
      return {kind: 'done', steps: state.steps, milliseconds: state.milliseconds};
    case 'failed': {
      const {failure, steps, stopped, words, marked} = state;
      const path = stopped?.at?.path ?? stopped?.step.path;
      const start = stopped?.at?.start;
      return {
        kind: 'failed',
        failure: failureView(failure),
        steps,
        marked,
        ...(words === undefined ? {} : {words}),
        ...(path === undefined ? {} : {file: fileName(path)}),
        ...(start ? {at: {line: start.line + 1, column: start.column + 1}} : {}),
      };
    }
    default:
      return state satisfies never;
  }
}
