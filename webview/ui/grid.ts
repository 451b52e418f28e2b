import {element, fill, type Child} from './element.ts';
import {gridCursor} from './grid-cursor.ts';
import {gridHead} from './grid-head.ts';
import {gridKeys} from './grid-keys.ts';
import {nextSorting, sorted, type Sortable, type SortKey} from './grid-order.ts';
import {gridRows} from './grid-row.ts';
import {openMenu, type MenuItem} from './menu.ts';
import {virtualRows, type VirtualRows} from './virtual-rows.ts';

/** A column; with a `value` it can be sorted by. */
export interface GridColumn<Row> extends Sortable<Row> {
  readonly label: string;
  /** px; with `grow` at least so many. */
  readonly width: number;
  /** Takes the room that is left. */
  readonly grow?: boolean;
  /** Explains the head on hover, and to screen readers. */
  readonly hint?: string;
  /** Words, or nodes. A row that is shown again keeps nodes that look the same, so let no listener rest on the row. */
  readonly cell: (row: Row) => Child | readonly Child[];
  /** Longer than the cell, on hover. */
  readonly title?: (row: Row) => string | undefined;
}

export interface GridOptions<Row> {
  /** What the rows are, for screen readers. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  /** What a row is known by when rows are replaced; unique. */
  readonly key: (row: Row) => string;
  /** What a row is called. */
  readonly name: (row: Row) => string;
  /** Said where there are no rows. */
  readonly empty: string;
  /** Further classes of a row. */
  readonly look?: (row: Row) => string;
  readonly sorting?: readonly SortKey[];
  /** Ids of columns that are not shown at first. */
  readonly hidden?: ReadonlySet<string>;
  /** What a row's menu offers; an empty list opens none. */
  readonly actions?: (row: Row) => readonly MenuItem[];
  readonly onSelect?: (row: Row | undefined) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (row: Row) => void;
  readonly onSort?: (sorting: readonly SortKey[]) => void;
}

export interface Grid<Row> {
  readonly root: HTMLElement;
  /** The rows in the order in which they are shown. */
  readonly shown: readonly Row[];
  readonly selected: Row | undefined;
  /** Columns that are shown, in their order. */
  readonly columns: readonly GridColumn<Row>[];
  /** Other rows, or the same ones with other values. Scroll, selection and focus stay; without `empty` so does its text. */
  setRows(rows: readonly Row[], empty?: string): void;
  /** The same rows have other values: they are written anew where they stand, without being sorted again. */
  refresh(): void;
  setHidden(columns: ReadonlySet<string>): void;
  setSorting(sorting: readonly SortKey[]): void;
  /** Selects a row and scrolls to it. @returns false when there is none of that key */
  select(key: string): boolean;
  focus(): void;
  dispose(): void;
}

/** px of a row and of the head, as in the style sheet. */
const rowHeight = 28;
const headHeight = 30;
/** px of the column with the menus. */
const menuWidth = 34;

/** A table of any number of rows, of which those in sight are in the document. */
export function grid<Row>(options: GridOptions<Row>): Grid<Row> {
  const {label, key, name, look, actions, onSelect, onOpen, onSort} = options;
  let columns = options.columns.filter(({id}) => options.hidden?.has(id) !== true);
  let sorting = options.sorting ?? [];
  let given: readonly Row[] = [];
  let shown: readonly Row[] = [];
  let places = new Map<string, number>();
  const body = element('div', {class: 'grid-body', role: 'rowgroup'});
  const empty = element('p', {class: 'grid-empty', role: 'status'}, options.empty);
  const head = element('div', {role: 'presentation', class: 'grid-head-slot'});
  const scroller = element(
    'div',
    {class: 'grid', role: 'grid', tabindex: 0, 'aria-label': label},
    head,
    body,
  );
  let rows: VirtualRows | undefined;

  const rowAt = (place: number): Row | undefined => shown[place];
  const cursor = gridCursor({
    scroller,
    body,
    keyAt: place => {
      const row = rowAt(place);
      return row === undefined ? undefined : key(row);
    },
    placeOf: wanted => places.get(wanted),
    elementAt: place => rows?.element(place),
    reveal: place => rows?.reveal(place),
    cells: () => columns.length,
    onSelect: place => onSelect?.(rowAt(place)),
  });
  const moveTo = (place: number): void => cursor.activate(Math.max(0, Math.min(shown.length - 1, place)));
  const openMenuAt = (place: number, at?: DOMRect): void => {
    const row = rowAt(place);
    const items = row === undefined ? [] : (actions?.(row) ?? []);
    if (row === undefined || items.length === 0) return;
    const below = at ?? rows?.element(place)?.getBoundingClientRect();
    if (below) openMenu(below, `Actions: ${name(row)}`, items);
  };
  const open = (): void => {
    const row = rowAt(cursor.place);
    if (row === undefined) return;
    if (onOpen) onOpen(row);
    else openMenuAt(cursor.place);
  };

  const order = (): void => {
    shown = sorted(given, sorting, options.columns);
    places = new Map(shown.map((row, place) => [key(row), place]));
    scroller.setAttribute('aria-rowcount', String(shown.length + 1));
    empty.hidden = shown.length > 0;
  };
  const setSorting = (next: readonly SortKey[]): void => {
    sorting = next;
    shownHead.show(sorting);
    order();
    rows?.replace(shown.length);
    if (cursor.place !== -1) rows?.reveal(cursor.place);
    cursor.point();
    onSort?.(sorting);
  };
  let shownHead = gridHead<Row>([], () => {}, false);
  const layOut = (): void => {
    rows?.dispose();
    const menu = actions !== undefined;
    const made = gridRows({columns, name, look, menu});
    shownHead = gridHead(
      columns,
      (column, further) => setSorting(nextSorting(sorting, column, further)),
      menu,
    );
    shownHead.show(sorting);
    fill(head, shownHead.root);
    scroller.style.setProperty('--grid-columns', template(columns, menu));
    scroller.style.setProperty('--grid-width', `${widthOf(columns, menu)}px`);
    scroller.setAttribute('aria-colcount', String(columns.length + Number(menu)));
    cursor.leaveCells();
    const at = (index: number): Row => {
      const row = shown[index];
      if (row === undefined) throw new RangeError(`no row ${index}`);
      return row;
    };
    rows = virtualRows({
      scroller,
      body,
      height: rowHeight,
      covered: headHeight,
      key: index => key(at(index)),
      make: index => {
        // Once it is in the document it can be pointed at.
        if (cursor.place === index) queueMicrotask(() => cursor.point());
        return made.make(at(index), index);
      },
      update: (row, index) => made.update(row, at(index), index),
    });
    rows.replace(shown.length);
    cursor.point();
  };
  layOut();
  order();

  scroller.addEventListener('click', ({target}) => {
    if (!(target instanceof Element)) return;
    const place = placeIn(target);
    if (place === undefined) return;
    cursor.leaveCells();
    cursor.activate(place);
    const opener = target.closest('.grid-menu');
    if (opener) openMenuAt(place, opener.getBoundingClientRect());
  });
  scroller.addEventListener('dblclick', ({target}) => {
    if (target instanceof Element && placeIn(target) !== undefined) open();
  });
  scroller.addEventListener('contextmenu', event => {
    const place = event.target instanceof Element ? placeIn(event.target) : undefined;
    // Who has selected text wants the editor's menu, to copy it.
    if (actions === undefined || place === undefined || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    cursor.activate(place);
    openMenuAt(place, new DOMRect(event.clientX, event.clientY, 0, 0));
  });
  scroller.addEventListener('focus', () => {
    if (cursor.place === -1 && scroller.matches(':focus-visible')) moveTo(cursor.last);
  });
  scroller.addEventListener(
    'keydown',
    gridKeys({
      place: () => (cursor.place === -1 ? cursor.last - 1 : cursor.place),
      count: () => shown.length,
      pageSize: () => rows?.pageSize() ?? 1,
      moveTo,
      moveBy: cells => cursor.moveBy(cells),
      open,
      menu: () => openMenuAt(cursor.place),
    }),
  );

  return {
    root: element('div', {class: 'grid-box'}, scroller, empty),
    get shown() {
      return shown;
    },
    get selected() {
      return rowAt(cursor.place);
    },
    get columns() {
      return columns;
    },
    setRows(next, text = empty.textContent) {
      const inside = body.contains(document.activeElement);
      const was = cursor.place;
      given = next;
      if (empty.textContent !== text) empty.textContent = text;
      order();
      rows?.replace(shown.length);
      if (inside && !body.contains(document.activeElement)) scroller.focus({preventScroll: true});
      cursor.point();
      if (was !== -1 && cursor.place === -1) onSelect?.(undefined);
    },
    refresh() {
      rows?.replace(shown.length);
      cursor.point();
    },
    setHidden(hidden) {
      columns = options.columns.filter(({id}) => !hidden.has(id));
      layOut();
    },
    setSorting,
    select(wanted) {
      const place = places.get(wanted);
      if (place !== undefined) cursor.activate(place);
      return place !== undefined;
    },
    focus: () => scroller.focus(),
    dispose: () => rows?.dispose(),
  };
}

function placeIn(target: Element): number | undefined {
  const place = target.closest<HTMLElement>('.grid-row')?.dataset['place'];
  return place === undefined ? undefined : Number(place);
}

type Width = Pick<GridColumn<never>, 'width' | 'grow'>;

function template(columns: readonly Width[], menu: boolean): string {
  const widths = columns.map(({width, grow = false}) => (grow ? `minmax(${width}px, 1fr)` : `${width}px`));
  // Without a column that grows, the menus stand beside the last column and not at the far end.
  return [...widths, ...(menu ? [`${menuWidth}px`] : [])].join(' ');
}

function widthOf(columns: readonly Width[], menu: boolean): number {
  return columns.reduce((sum, {width}) => sum + width, menu ? menuWidth : 0);
}
