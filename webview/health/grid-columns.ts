import {columnChooser} from '../ui/column-chooser.ts';
import type {Grid, GridColumn} from '../ui/grid.ts';

export interface GridColumnsOptions<Row> {
  readonly grid: Grid<Row>;
  readonly columns: readonly GridColumn<Row>[];
  /** Ids of those that are not shown now. */
  readonly hidden: ReadonlySet<string>;
  readonly onChange: (hidden: readonly string[]) => void;
}

/** Lets the user show and hide columns; the first one always stays. */
export function gridColumns<Row>({
  grid,
  columns,
  hidden: first,
  onChange,
}: GridColumnsOptions<Row>): HTMLElement {
  let hidden = first;
  return columnChooser({
    columns: () => columns.slice(1),
    isShown: id => !hidden.has(id),
    onToggle: id => {
      const next = new Set(hidden);
      if (!next.delete(id)) next.add(id);
      hidden = next;
      grid.setHidden(hidden);
      onChange([...hidden]);
    },
  });
}
