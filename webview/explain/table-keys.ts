import type {PlanNode} from '../../src/core/explain/plan.ts';
import type {ViewActions, Viewing} from './model.ts';

export interface TableState {
  readonly order: readonly number[];
  readonly places: ReadonlyMap<number, number>;
  readonly viewing: Viewing;
  readonly tree: boolean;
}

export interface TableKeys {
  readonly nodes: readonly PlanNode[];
  readonly actions: ViewActions;
  readonly state: () => TableState;
  readonly pageSize: () => number;
}

/** Up and down move, left and right fold and climb, Enter opens the details. */
export function tableKeys({nodes, actions, state, pageSize}: TableKeys): (event: KeyboardEvent) => void {
  const moveTo = ({order}: TableState, place: number): void => {
    const id = order[Math.max(0, Math.min(order.length - 1, place))];
    if (id !== undefined) actions.select(id);
  };
  const left = (now: TableState, {id, parent, children}: PlanNode): void => {
    if (!now.tree) return;
    if (children.length > 0 && !now.viewing.collapsed.has(id)) actions.toggle(id);
    else if (parent !== undefined) actions.select(parent);
  };
  const right = (now: TableState, {id, children}: PlanNode): void => {
    if (!now.tree) return;
    const [first] = children;
    if (now.viewing.collapsed.has(id)) actions.toggle(id);
    else if (first) actions.select(first.id);
  };
  const keys: Readonly<Record<string, (now: TableState, place: number, node: PlanNode) => void>> = {
    ArrowDown: (now, place) => moveTo(now, place + 1),
    ArrowUp: (now, place) => moveTo(now, place - 1),
    PageDown: (now, place) => moveTo(now, place + pageSize()),
    PageUp: (now, place) => moveTo(now, place - pageSize()),
    Home: now => moveTo(now, 0),
    End: now => moveTo(now, now.order.length - 1),
    ArrowLeft: (now, _, node) => left(now, node),
    ArrowRight: (now, _, node) => right(now, node),
    Enter: (_now, _place, {id}) => actions.open(id),
  };
  return event => {
    const now = state();
    const node = nodes[now.viewing.selected];
    const act = keys[event.key];
    if (act === undefined || node === undefined || event.target !== event.currentTarget) return;
    event.preventDefault();
    act(now, now.places.get(node.id) ?? 0, node);
  };
}
