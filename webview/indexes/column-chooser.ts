import {button} from '../ui/controls.ts';
import {openDialog} from '../ui/dialog.ts';
import {element} from '../ui/element.ts';
import type {IndexColumn} from './column-kinds.ts';
import {labels} from './words.ts';

/** Lets the user choose the columns; each choice is seen at once behind the dialog. */
export function chooseColumns(
  columns: readonly IndexColumn[],
  shown: ReadonlySet<string>,
  onChange: (shown: ReadonlySet<string>) => void,
): void {
  const chosen = new Set(shown);
  const boxes = columns.map(({id, label, hint}) => {
    const change = (): void => {
      if (!chosen.delete(id)) chosen.add(id);
      onChange(new Set(chosen));
    };
    const input = element('input', {type: 'checkbox', checked: chosen.has(id), on: {change}});
    return element(
      'label',
      {class: 'column-choice', title: hint},
      input,
      element('span', {}, label, hint !== undefined && element('span', {class: 'faint'}, ` ${hint}`)),
    );
  });
  const done = button({kind: 'primary', onClick: () => dialog.close()}, labels.done);
  const dialog = openDialog(
    {title: labels.columns, closeLabel: labels.close},
    element('div', {class: 'column-choices'}, ...boxes),
    element('div', {class: 'actions'}, done),
  );
}
