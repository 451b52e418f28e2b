import {element} from '../ui/element.ts';
import {virtualRows} from '../ui/virtual-rows.ts';
import type {MakeView, Viewing} from './model.ts';
import {columnsOf} from './table-columns.ts';
import {tableHead} from './table-head.ts';
import {tableKeys} from './table-keys.ts';
import {depthsOf, nextSorting, orderOf, type Sorting} from './table-order.ts';
import {rowMaker} from './table-row.ts';

/** px of a row, as in the style sheet. */
const rowHeight = 26;
const headHeight = 30;

/**
 * The nodes as rows, indented or sorted, with their numbers beside each other.
 * Source of its keys: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 */
export const tableView: MakeView = (model, first, actions) => {
  const {nodes} = model.attribution.plan;
  const columns = columnsOf(model);
  const depths = depthsOf(nodes);
  let viewing: Viewing = first;
  let sorting: Sorting = {kind: 'tree'};
  let order: readonly number[] = [];
  let places = new Map<number, number>();
  const body = element('div', {class: 'rows', role: 'rowgroup'});
  const head = tableHead(columns, column => {
    sorting = nextSorting(sorting, column);
    head.show(sorting);
    reorder();
    reveal();
  });
  const grid = element(
    'div',
    {
      class: 'grid',
      role: 'treegrid',
      tabindex: 0,
      'aria-label': 'Nodes of the plan',
      'aria-colcount': columns.length + 1,
    },
    head.root,
    body,
  );
  const makeRow = rowMaker({model, columns, depths, toggle: id => actions.toggle(id)});
  const rows = virtualRows({
    scroller: grid,
    body,
    height: rowHeight,
    covered: headHeight,
    make: index => makeRow(order[index] ?? 0, index, viewing, sorting.kind === 'tree'),
  });
  const reorder = (): void => {
    order = orderOf(nodes, sorting, columns, viewing.collapsed);
    places = new Map(order.map((id, index) => [id, index]));
    grid.setAttribute('aria-rowcount', String(order.length + 1));
    rows.reset(order.length);
  };
  const reveal = (): void => {
    const place = places.get(viewing.selected);
    if (place === undefined) return grid.removeAttribute('aria-activedescendant');
    rows.reveal(place);
    grid.setAttribute('aria-activedescendant', `row-${viewing.selected}`);
  };
  grid.addEventListener('click', ({target}) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-node]') : null;
    if (row !== null) actions.select(Number(row.dataset['node']));
  });
  grid.addEventListener('dblclick', () => actions.open(viewing.selected));
  grid.addEventListener(
    'keydown',
    tableKeys({
      nodes,
      actions,
      state: () => ({order, places, viewing, tree: sorting.kind === 'tree'}),
      pageSize: () => rows.pageSize(),
    }),
  );
  return {
    root: grid,
    update(next) {
      const refolded = next.collapsed !== viewing.collapsed || order.length === 0;
      const moved = next.selected !== viewing.selected || order.length === 0;
      viewing = next;
      if (refolded) reorder();
      else rows.refresh();
      if (moved || refolded) reveal();
    },
    focus: () => grid.focus(),
    dispose: () => rows.dispose(),
  };
};
