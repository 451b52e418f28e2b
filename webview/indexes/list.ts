import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import type {WantedRows} from '../../src/protocol/index-panel.ts';
import {button} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {grid, type Grid} from '../ui/grid.ts';
import type {SortKey} from '../ui/grid-order.ts';
import type {MenuItem} from '../ui/menu.ts';
import type {Choices} from './choices.ts';
import type {IndexColumn} from './column-kinds.ts';
import {columnIds} from './columns-use.ts';
import {columnsFor} from './columns.ts';
import {csvOf, markdownOf} from './export-list.ts';
import {filterBar} from './filter-bar.ts';
import {everything} from './model.ts';
import type {Panel, Part} from './panel.ts';
import type {Listing} from './store.ts';
import {rowActions} from './row-actions.ts';
import * as words from './words.ts';

const {labels} = words;

export interface ListOptions {
  readonly panel: Panel;
  readonly titleOf: (check: string) => string;
  readonly choices: Choices;
  readonly remember: (change: Partial<Choices>) => void;
  /** Enter on a row. */
  readonly onOpen: () => void;
}

export interface List extends Part {
  /** Shows a row, without any filter that hides it. */
  reveal(oid: number): void;
  /** Shows only the rows of a table. */
  showTable(wanted: WantedRows): void;
  focus(): void;
  focusFilter(): void;
}

/** Columns whose values change with each sample. */
const counted: ReadonlySet<string> = new Set([columnIds.rate, columnIds.scans, 'read']);
/** The first version that knows when an index was used last. */
const lastScanSince = 16;
/** Where there is hardly room for anything, what an index is yields to how much of it there is. */
const narrow = matchMedia('(max-width: 560px)');
const notWhereNarrow: ReadonlySet<string> = new Set(['table', 'serves', 'definition']);

/** All indexes, with what chooses among them. */
export function list({panel, titleOf, choices, remember, onOpen}: ListOptions): List {
  const {store, client} = panel;
  const columns = columnsFor({listing: () => store.now, now: () => panel.now()});
  let chosen: ReadonlySet<string> = new Set(['name', ...choices.columns]);
  let sorting: readonly SortKey[] = choices.sorting;
  let available = new Set(columns.map(({id}) => id));
  const hidden = (): ReadonlySet<string> =>
    new Set(
      columns.flatMap(({id}) => {
        const fits = !narrow.matches || !notWhereNarrow.has(id);
        return chosen.has(id) && available.has(id) && fits ? [] : [id];
      }),
    );
  const rows: Grid<IndexRow> = grid<IndexRow>({
    label: labels.indexes,
    columns,
    key: ({oid}) => String(oid),
    name: ({name}) => name,
    empty: labels.loading,
    sorting,
    hidden: hidden(),
    actions: row => menuOf(panel, row),
    onSelect: row => store.set({selected: row?.oid}),
    onOpen,
    onSort: next => {
      sorting = next;
      remember({sorting: [...sorting]});
    },
  });
  narrow.addEventListener('change', () => rows.setHidden(hidden()));
  const shownColumns = (): readonly IndexColumn[] =>
    columns.filter(({id}) => rows.columns.some(column => column.id === id));
  const bar = filterBar({
    panel,
    titleOf,
    columns: {
      columns: () => columns.filter(({id}) => id !== 'name' && available.has(id)),
      isShown: id => chosen.has(id),
      onToggle: id => {
        const next = new Set(chosen);
        if (!next.delete(id)) next.add(id);
        chosen = next;
        rows.setHidden(hidden());
        remember({columns: [...chosen]});
      },
    },
    save: format => {
      const content =
        format === 'csv' ? csvOf(shownColumns(), rows.shown) : markdownOf(shownColumns(), rows.shown);
      void client.request('save', {format, content});
    },
    copy: () => {
      void client.request('copy', {content: markdownOf(shownColumns(), rows.shown)});
      panel.say(labels.copied);
    },
    toList: () => rows.focus(),
  });
  const why = element('span');
  const none = element(
    'p',
    {class: 'no-match'},
    why,
    ' ',
    button({kind: 'secondary', onClick: () => store.set({filter: everything})}, labels.showAll),
  );
  none.hidden = true;
  store.onChange((now, before) => {
    if (now.shown !== before.shown || now.complete !== before.complete) {
      rows.setRows(now.shown, now.complete ? '' : labels.loading);
      none.hidden = !now.complete || now.shown.length > 0;
      why.textContent = isBare(now) ? labels.noneOfTable : labels.noMatch;
    } else if (now.series !== before.series && sorting.some(({column}) => counted.has(column)))
      rows.setRows(now.shown);
    else if (now.series !== before.series || now.found !== before.found) rows.refresh();
  });
  return {
    root: element('section', {class: 'list', 'aria-label': labels.indexes}, bar.root, rows.root, none),
    update({version, sampling}) {
      const next = new Set(
        columns.flatMap(({id}) => {
          const unknown = id === columnIds.lastScan && Number.parseInt(version, 10) < lastScanSince;
          const idle = id === columnIds.rate && sampling === 0 && store.now.series.range === undefined;
          return unknown || idle ? [] : [id];
        }),
      );
      if (next.size === available.size) return;
      available = next;
      rows.setHidden(hidden());
    },
    reveal(oid) {
      const row = store.now.rows.find(one => one.oid === oid);
      if (row === undefined) return;
      if (!store.now.shown.includes(row)) store.set({filter: everything});
      rows.select(String(oid));
      rows.focus();
    },
    showTable({table, index, leastUsedFirst}) {
      if (leastUsedFirst) rows.setSorting([{column: columnIds.scans, descending: false}]);
      store.set({filter: {...everything, table}});
      if (index !== undefined) rows.select(String(index));
      rows.focus();
    },
    focus: () => rows.focus(),
    focusFilter: () => bar.focus(),
  };
}

/** The one table that is shown has no index. */
function isBare({filter: {table}, rows}: Listing): boolean {
  return table !== undefined && rows.every(({tableOid}) => tableOid !== table);
}

function menuOf(panel: Panel, row: IndexRow): readonly MenuItem[] {
  return rowActions(panel, row).map(({text, icon, go}) => ({text, icon, onChoose: go}));
}
