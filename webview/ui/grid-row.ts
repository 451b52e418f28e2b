import {element, type Child} from './element.ts';
import type {GridColumn} from './grid.ts';
import {icon} from './icon.ts';
import {isSelected, setContent} from './live-text.ts';

export interface GridRowOptions<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly name: (row: Row) => string;
  /** Further classes of a row. */
  readonly look?: ((row: Row) => string) | undefined;
  readonly menu: boolean;
}

export interface GridRows<Row> {
  make(row: Row, index: number): HTMLElement;
  /** Makes an element show what its row is now, touching only what differs. */
  update(root: HTMLElement, row: Row, index: number): void;
}

let made = 0;

export function gridRows<Row>({columns, name, look, menu}: GridRowOptions<Row>): GridRows<Row> {
  const update = (root: HTMLElement, row: Row, index: number): void => {
    root.className = `grid-row ${look?.(row) ?? ''}`.trimEnd();
    root.dataset['place'] = String(index);
    root.setAttribute('aria-rowindex', String(index + 2));
    for (const [at, column] of columns.entries()) {
      const cell = root.children[at];
      if (cell instanceof HTMLElement) fillCell(cell, column, row);
    }
    if (menu) root.lastElementChild?.firstElementChild?.setAttribute('aria-label', `Actions: ${name(row)}`);
  };
  return {
    make(row, index) {
      made += 1;
      const id = `grid-row-${made}`;
      const cells = columns.map((column, at) => cellOf(column, `${id}-${at}`));
      const root = element('div', {id, role: 'row'}, ...cells, menu && menuCell(`${id}-menu`));
      update(root, row, index);
      return root;
    },
    update,
  };
}

function cellOf<Row>({id, align = 'start'}: GridColumn<Row>, elementId: string): HTMLElement {
  return element('div', {
    id: elementId,
    class: `grid-cell grid-${align}`,
    role: 'gridcell',
    'data-column': id,
  });
}

/** Out of the Tab order: with the keyboard, the menu key opens the same menu. */
function menuCell(id: string): HTMLElement {
  const opener = element(
    'button',
    {type: 'button', class: 'grid-menu', tabindex: -1, 'aria-haspopup': 'menu'},
    icon('more'),
  );
  return element('div', {id, class: 'grid-cell grid-more', role: 'gridcell'}, opener);
}

function fillCell<Row>(cell: HTMLElement, {cell: contentOf, title}: GridColumn<Row>, row: Row): void {
  const content = contentOf(row);
  const parts: readonly Child[] = Array.isArray(content) ? content : [content];
  setContent(
    cell,
    parts.filter(part => part !== undefined && part !== false),
  );
  const hint = title?.(row);
  if (hint === undefined) cell.removeAttribute('title');
  else if (cell.title !== hint && !isSelected(cell)) cell.title = hint;
}
