import {element} from './element.ts';
import type {GridColumn} from './grid.ts';
import type {SortKey} from './grid-order.ts';
import {icon} from './icon.ts';

export interface GridHead {
  readonly root: HTMLElement;
  show(sorting: readonly SortKey[]): void;
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: at => at - 1,
  ArrowRight: at => at + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * The heads of the columns. One of them is in the Tab order, the arrow keys lead to the others; a click sorts, and with
 * Shift it sorts further.
 */
export function gridHead<Row>(
  columns: readonly GridColumn<Row>[],
  sort: (column: GridColumn<Row>, further: boolean) => void,
  extra: boolean,
): GridHead {
  const heads = columns.map(column => headOf(column, sort));
  const buttons = heads.flatMap(({button}) => (button === undefined ? [] : [button]));
  for (const [index, button] of buttons.entries()) button.tabIndex = index === 0 ? 0 : -1;
  const keydown = (event: KeyboardEvent): void => {
    const at = buttons.findIndex(button => button === event.target);
    const to = steps[event.key]?.(at, buttons.length);
    const target = to === undefined ? undefined : buttons[to];
    if (at === -1 || target === undefined) return;
    event.preventDefault();
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
    target.focus();
  };
  const more = extra && element('div', {class: 'grid-cell grid-more', role: 'columnheader'}, menuName());
  const cells = heads.map(({root}) => root);
  const row = element(
    'div',
    {class: 'grid-head', role: 'row', 'aria-rowindex': 1, on: {keydown}},
    ...cells,
    more,
  );
  return {
    root: element('div', {role: 'rowgroup', class: 'grid-head-group'}, row),
    show(sorting) {
      for (const head of heads) head.show(sorting);
    },
  };
}

function menuName(): HTMLElement {
  return element('span', {class: 'for-screen-readers'}, 'Actions');
}

interface Head {
  readonly root: HTMLElement;
  readonly button: HTMLElement | undefined;
  show(sorting: readonly SortKey[]): void;
}

function headOf<Row>(
  column: GridColumn<Row>,
  sort: (column: GridColumn<Row>, further: boolean) => void,
): Head {
  const {id, label, hint, align = 'start', value} = column;
  const props = {class: `grid-cell grid-${align}`, role: 'columnheader', 'data-column': id};
  const text = element('span', {class: 'grid-label'}, label);
  if (value === undefined) {
    return {root: element('div', {...props, title: hint}, text), button: undefined, show: () => {}};
  }
  const place = element('span', {class: 'grid-sort-place', 'aria-hidden': 'true'});
  const click = ({shiftKey}: MouseEvent): void => sort(column, shiftKey);
  const button = element(
    'button',
    {type: 'button', title: hint ?? label, on: {click}},
    text,
    icon('chevron'),
    place,
  );
  const root = element('div', props, button);
  return {
    root,
    button,
    show(sorting) {
      const at = sorting.findIndex(key => key.column === id);
      const direction = sorting[at]?.descending === true ? 'descending' : 'ascending';
      // Only one head may say it to screen readers; the look is that of all.
      root.dataset['sort'] = at === -1 ? '' : direction;
      if (at === 0) root.setAttribute('aria-sort', direction);
      else root.removeAttribute('aria-sort');
      place.textContent = at === -1 || sorting.length === 1 ? '' : String(at + 1);
    },
  };
}
