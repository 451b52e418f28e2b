import {button} from './controls.ts';
import {openDialog} from './dialog.ts';
import {element} from './element.ts';
import type {GridColumn} from './grid.ts';
import {icon} from './icon.ts';

export interface ColumnChooserOptions {
  /** Those that can be shown or hidden now. */
  readonly columns: () => readonly Pick<GridColumn<never>, 'id' | 'label' | 'hint'>[];
  readonly isShown: (id: string) => boolean;
  readonly onToggle: (id: string) => void;
}

/** A button that lets the user choose the columns of a grid, which needs dialog.css. */
export function columnChooser(options: ColumnChooserOptions): HTMLElement {
  const click = (): void => chooseColumns(options);
  return element(
    'button',
    {type: 'button', class: 'tool', title: 'Columns', 'aria-haspopup': 'dialog', on: {click}},
    icon('columns'),
    element('span', {class: 'tool-text'}, 'Columns'),
  );
}

/** Each choice is seen at once behind the dialog. */
function chooseColumns({columns, isShown, onToggle}: ColumnChooserOptions): void {
  const boxes = columns().map(({id, label, hint}) => {
    const input = element('input', {
      type: 'checkbox',
      checked: isShown(id),
      on: {change: () => onToggle(id)},
    });
    return element(
      'label',
      {class: 'column-choice', title: hint},
      input,
      element('span', {class: 'column-name'}, label),
      hint !== undefined && element('span', {class: 'faint'}, hint),
    );
  });
  const done = button({kind: 'primary', onClick: () => dialog.close()}, 'Done');
  const dialog = openDialog(
    {title: 'Columns', closeLabel: 'Close'},
    element('div', {class: 'column-choices'}, ...boxes),
    element('div', {class: 'actions'}, done),
  );
}
