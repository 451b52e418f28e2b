import type {TableRow} from '../../src/core/health/parts/tables.ts';
import {formatRows} from '../../src/core/explain/words.ts';
import {element, type Child} from '../ui/element.ts';
import type {GridColumn} from '../ui/grid.ts';
import {shareBar} from '../ui/share-bar.ts';
import {ago, percent, short} from './format.ts';

/** Transactions after which a server stops taking writes: 2^31, less the three millions that it keeps in reserve. */
export const wrapAround = 2 ** 31 - 3_000_000;

type Amount = (row: TableRow) => number | undefined;

export function figure(id: string, label: string, hint: string, value: Amount): GridColumn<TableRow> {
  return {id, label, hint, width: 96, align: 'end', value, cell: row => short(value(row) ?? 0)};
}

/** An amount against that at which autovacuum acts. */
export function against(
  id: string,
  label: string,
  hint: string,
  value: Amount,
  limit: Amount,
): GridColumn<TableRow> {
  return {
    id,
    label,
    hint,
    width: 132,
    align: 'end',
    value,
    cell: row => {
      const [is, at] = [value(row) ?? 0, limit(row)];
      if (at === undefined) return [element('span', {class: 'faint'}, 'off'), ` ${short(is)}`];
      return [shareBar(is / Math.max(1, at), is > at ? 'marked' : 'plain'), ` ${short(is)}`];
    },
    title: row => {
      const at = limit(row);
      const is = formatRows(value(row) ?? 0);
      return at === undefined
        ? `${is}; autovacuum is off for it`
        : `${is} of ${formatRows(Math.round(at))} at which autovacuum acts`;
    },
  };
}

export function last(
  id: string,
  label: string,
  now: () => number,
  byHand: Amount,
  byItself: Amount,
): GridColumn<TableRow> {
  const newest = (row: TableRow): number | undefined => {
    const times = [byHand(row), byItself(row)].filter(at => at !== undefined);
    return times.length === 0 ? undefined : Math.max(...times);
  };
  return {
    id,
    label,
    width: 112,
    align: 'end',
    hint: 'By hand or by autovacuum',
    value: row => newest(row) ?? 0,
    cell: (row): Child => ago(newest(row), now()),
    title: row => `By hand ${ago(byHand(row), now())}, by autovacuum ${ago(byItself(row), now())}`,
  };
}

export function age(
  id: string,
  label: string,
  hint: string,
  value: Amount,
  freezeAt: Amount,
): GridColumn<TableRow> {
  return {
    id,
    label,
    hint,
    width: 118,
    align: 'end',
    value,
    cell: row => {
      const is = value(row) ?? 0;
      const late = is > (freezeAt(row) ?? Infinity);
      return [shareBar(is / wrapAround, late ? 'marked' : 'plain'), ` ${percent(is / wrapAround)}`];
    },
    title: row => {
      const is = value(row) ?? 0;
      return `Age ${formatRows(is)}; ${formatRows(Math.max(0, wrapAround - is))} to go; frozen at ${formatRows(freezeAt(row) ?? 0)}`;
    },
  };
}
