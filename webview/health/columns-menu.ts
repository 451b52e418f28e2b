import {element} from '../ui/element.ts';
import type {Grid, GridColumn} from '../ui/grid.ts';
import {icon} from '../ui/icon.ts';
import {openMenu} from '../ui/menu.ts';

export interface ColumnsMenuOptions<Row> {
  readonly grid: Grid<Row>;
  readonly columns: readonly GridColumn<Row>[];
  /** Ids of those that are not shown now. */
  readonly hidden: ReadonlySet<string>;
  readonly onChange: (hidden: readonly string[]) => void;
}

/** A button whose menu shows and hides columns; the first one always stays. */
export function columnsMenu<Row>({
  grid,
  columns,
  hidden: first,
  onChange,
}: ColumnsMenuOptions<Row>): HTMLElement {
  let hidden = first;
  const toggle = (id: string): void => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    hidden = next;
    grid.setHidden(hidden);
    onChange([...hidden]);
  };
  const click = (): void =>
    openMenu(
      button.getBoundingClientRect(),
      'Columns',
      columns
        .slice(1)
        .map(({id, label}) => ({text: label, checked: !hidden.has(id), onChoose: () => toggle(id)})),
    );
  const button = element(
    'button',
    {type: 'button', class: 'tool', 'aria-haspopup': 'menu', on: {click}},
    icon('table'),
    'Columns',
  );
  return button;
}
