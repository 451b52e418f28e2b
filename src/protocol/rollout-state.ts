import type {Environment} from '../core/connections/connection.ts';
import type {RolloutChange, RolloutView, TargetView} from './rollout-panel.ts';

/** Both ends apply the same changes to the same view. */
export function applyRolloutChange(view: RolloutView, change: RolloutChange): RolloutView {
  switch (change.kind) {
    case 'target': {
      const {id, state, planned} = change;
      const more = planned === undefined ? {} : {planned};
      const targets = view.targets.map(target => (target.id === id ? {...target, ...more, state} : target));
      return {...view, targets};
    }
    case 'phase':
      return {...view, phase: change.phase};
    case 'choice':
      return {...view, choice: change.choice};
    case 'left-out':
      return {...view, targets: view.targets.filter(({id}) => !change.ids.includes(id))};
    default:
      return change satisfies never;
  }
}

const severity: readonly Environment[] = ['development', 'staging', 'production'];

/** @returns the environment among them that asks most of whoever confirms */
export function strictest(targets: readonly TargetView[]): Environment {
  const all = targets.map(({environment}) => severity.indexOf(environment));
  return severity[Math.max(0, ...all)] ?? 'production';
}

/** @returns the targets that a start would migrate */
export function toMigrate({targets}: RolloutView): readonly TargetView[] {
  return targets.filter(({state}) => state.kind === 'waiting');
}

/** @returns what is typed to confirm a rollout that reaches production */
export function nameToType(view: RolloutView): string {
  const {length} = toMigrate(view);
  return view.group ?? `${length} ${length === 1 ? 'database' : 'databases'}`;
}

/** @returns the target to try first: where least is lost; none for a single target, and none once one is done */
export function usualCanary(view: RolloutView): string | null {
  const waiting = toMigrate(view);
  if (waiting.length < 2 || view.targets.some(({state}) => state.kind === 'done')) return null;
  const [first] = waiting.toSorted(
    (one, other) => severity.indexOf(one.environment) - severity.indexOf(other.environment),
  );
  return first?.id ?? null;
}
