import {objectRow, type Row} from './model.ts';
import type {Store} from './store.ts';

type ObjectRow = Extract<Row, {readonly kind: 'object'}>;

export interface TreeActions {
  /** Chooses a row for a migration, or chooses it no more. */
  choose(row: Row): void;
  fold(row: ObjectRow): void;
}

export interface TreeKeys {
  readonly store: Store;
  readonly actions: TreeActions;
  readonly placeOf: (id: string | undefined) => number;
  readonly pageSize: () => number;
}

/** Up and down move, left and right fold and climb, Space chooses for a migration. */
export function treeKeys({store, actions, placeOf, pageSize}: TreeKeys): (event: KeyboardEvent) => void {
  const moveTo = (place: number): void => {
    const {rows} = store.now;
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    if (row) store.set({active: row.id});
  };
  const isFolded = ({shown}: Row): boolean => store.now.folded.has(shown.object.key);
  const keys: Readonly<Record<string, (row: Row, place: number) => void>> = {
    ArrowDown: (_, place) => moveTo(place + 1),
    ArrowUp: (_, place) => moveTo(place - 1),
    PageDown: (_, place) => moveTo(place + pageSize()),
    PageUp: (_, place) => moveTo(place - pageSize()),
    Home: () => moveTo(0),
    End: () => moveTo(store.now.rows.length - 1),
    ArrowLeft: row => {
      if (row.kind === 'difference') store.set({active: objectRow(row.shown.object.key)});
      else if (!isFolded(row)) actions.fold(row);
    },
    ArrowRight: (row, place) => {
      if (row.kind === 'difference') return;
      if (isFolded(row)) actions.fold(row);
      else moveTo(place + 1);
    },
    Enter: row => {
      if (row.kind === 'object') actions.fold(row);
    },
    ' ': row => actions.choose(row),
  };
  return event => {
    const place = placeOf(store.now.active);
    const row = store.now.rows[place];
    const act = keys[event.key];
    if (act === undefined || row === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act(row, place);
  };
}
