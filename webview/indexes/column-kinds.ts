import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import {element, type Child} from '../ui/element.ts';
import type {GridColumn} from '../ui/grid.ts';
import {ranksOf} from './ranks.ts';
import type {Listing} from './store.ts';

/** A column that can be written into a file as well. */
export interface IndexColumn extends GridColumn<IndexRow> {
  /** What the cell says, without its pictures. */
  readonly text: (row: IndexRow) => string;
}

export interface ColumnContext {
  readonly listing: () => Listing;
  readonly now: () => number;
}

/** A figure: its bar is that part of the largest one. */
interface FigureOptions {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly width: number;
  readonly value: (row: IndexRow) => number | undefined;
  readonly text: (value: number, row: IndexRow) => string;
  readonly title?: (row: IndexRow) => string | undefined;
  /** Between 0 and 1. */
  readonly bar?: (row: IndexRow) => number;
}

export function figureColumn({text, bar, title, ...rest}: FigureOptions): IndexColumn {
  const written = (row: IndexRow): string => {
    const value = rest.value(row);
    return value === undefined ? '' : text(value, row);
  };
  return {
    ...rest,
    align: 'end',
    text: written,
    cell: row => (bar ? [barOf(bar(row)), element('span', {class: 'over-bar'}, written(row))] : written(row)),
    ...(title ? {title} : {}),
  };
}

function barOf(share: number): Child {
  if (share <= 0) return undefined;
  const bar = element('span', {class: 'cell-bar', 'aria-hidden': 'true'});
  bar.style.setProperty('inline-size', `${Math.min(1, share) * 100}%`);
  return bar;
}

/** Words, sorted by rank; the ranks are made when they are first asked for. */
export function wordColumn(
  {listing}: ColumnContext,
  column: Omit<IndexColumn, 'value' | 'cell'> & Partial<Pick<IndexColumn, 'cell'>>,
): IndexColumn {
  let known: {readonly rows: readonly IndexRow[]; readonly rank: (row: IndexRow) => number | undefined};
  return {
    cell: column.text,
    ...column,
    value: row => {
      const {rows} = listing();
      if (known?.rows !== rows) known = {rows, rank: ranksOf(rows, column.text)};
      return known.rank(row);
    },
  };
}
