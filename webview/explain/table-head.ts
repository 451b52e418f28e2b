import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Column} from './table-columns.ts';
import type {Sorting} from './table-order.ts';

export interface TableHead {
  readonly root: HTMLElement;
  show(sorting: Sorting): void;
}

/** The heads of the columns; a click on one sorts by it. */
export function tableHead(columns: readonly Column[], sort: (column: string) => void): TableHead {
  const heads = columns.map(({id, title, hint}) => {
    const click = (): void => sort(id);
    const button = element('button', {type: 'button', title: hint, on: {click}}, title, icon('chevron'));
    return {id, root: element('div', {class: `cell cell-${id}`, role: 'columnheader'}, button)};
  });
  const row = element(
    'div',
    {class: 'grid-head', role: 'row', 'aria-rowindex': 1},
    element('div', {class: 'cell cell-node', role: 'columnheader'}, 'Node'),
    ...heads.map(({root}) => root),
  );
  return {
    root: element('div', {role: 'rowgroup', class: 'grid-head-group'}, row),
    show(sorting) {
      for (const {id, root} of heads) {
        const sorted = sorting.kind === 'by' && sorting.column === id;
        if (sorted) root.setAttribute('aria-sort', sorting.descending ? 'descending' : 'ascending');
        else root.removeAttribute('aria-sort');
      }
    },
  };
}
