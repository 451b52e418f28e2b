import {severities} from '../../src/core/schema/comparison.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {chosenState, type Row} from './model.ts';
import type {Listing} from './store.ts';
import * as words from './words.ts';

/** px of a row, as in the style sheet. */
export const rowHeight = 28;

export function rowElement({rows, folded, chosen, active}: Listing, index: number): HTMLElement {
  const row = rows[index];
  if (row === undefined) return element('div');
  const differences = row.kind === 'object' ? row.shown.differences : [row.difference];
  const checked = chosenState(differences, chosen);
  const isFolded = folded.has(row.shown.object.key);
  const common = {
    id: `row-${index}`,
    role: 'treeitem',
    'data-place': index,
    'aria-selected': String(row.id === active),
    'aria-checked': checked,
  };
  return row.kind === 'object'
    ? element(
        'div',
        {
          ...common,
          class: 'row row-object',
          'aria-level': 1,
          'aria-expanded': String(!isFolded),
          ...label(row),
        },
        ...objectCells(row, checked),
      )
    : element(
        'div',
        {
          ...common,
          class: `row row-difference severity-${row.difference.severity}`,
          'aria-level': 2,
          ...label(row),
        },
        ...differenceCells(row, checked),
      );
}

function label(row: Row): {'aria-label': string} {
  if (row.kind === 'difference') return {'aria-label': words.rowLabel(row.difference)};
  const {object, differences} = row.shown;
  return {'aria-label': words.groupLabel(object.kind, object.name, differences.length, object.rows)};
}

type Checked = 'true' | 'false' | 'mixed';

function objectCells({shown: {object, differences}}: Row, checked: Checked): HTMLElement[] {
  const badges = severities.flatMap(severity => {
    const number = differences.filter(difference => difference.severity === severity).length;
    return number === 0
      ? []
      : [
          element(
            'span',
            {class: `badge severity-${severity}`},
            icon(severityIcons[severity]),
            String(number),
          ),
        ];
  });
  return [
    element('span', {class: 'twistie'}, icon('chevron')),
    tick(checked),
    element('span', {class: 'kind'}, object.kind),
    element('span', {class: 'name'}, object.name),
    element('span', {class: 'badges'}, ...badges),
    element('span', {class: 'gap'}),
    element('span', {class: 'faint size'}, object.kind === 'table' ? words.rowsWords(object.rows) : ''),
  ];
}

function differenceCells({difference}: Extract<Row, {kind: 'difference'}>, checked: Checked): HTMLElement[] {
  const {severity, words: text, blame} = difference;
  const sign = element('span', {class: 'sign'}, icon(severityIcons[severity]));
  const mark = words.blameMark(blame);
  return [
    tick(checked),
    sign,
    element('span', {class: 'words', title: text}, text),
    ...(mark === '' ? [] : [element('span', {class: `mark mark-${blame.kind}`}, mark)]),
  ];
}

/** Drawn, because the row itself is what a screen reader hears of and what Space ticks. */
function tick(checked: Checked): HTMLElement {
  const name = checked === 'true' ? 'check' : 'dash';
  return element('span', {class: `tick tick-${checked}`}, checked === 'false' ? undefined : icon(name));
}
