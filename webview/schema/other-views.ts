import type {ComparedPhase, IgnoredView, SchemaTableView} from '../../src/protocol/schema-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {virtualRows} from '../ui/virtual-rows.ts';
import {loadPages} from './load.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

const {labels} = words;

/** px of a row of the tables, as in the style sheet. */
const rowHeight = 28;

/** Every table of the database with its rows, as the server estimates them. */
export function tablesView(panel: Panel, {id}: ComparedPhase): Part {
  let tables: readonly SchemaTableView[] = [];
  const body = element('div', {class: 'rows', role: 'rowgroup'});
  const head = element(
    'div',
    {class: 'table-head', role: 'row'},
    element('span', {role: 'columnheader'}, labels.table),
    element('span', {class: 'figure', role: 'columnheader'}, labels.rows),
    element('span', {class: 'figure', role: 'columnheader'}, labels.differences),
  );
  const state = element('p', {class: 'list-state', role: 'status'}, labels.loading);
  const scroller = element(
    'div',
    {class: 'tables', role: 'table', tabindex: 0, 'aria-label': labels.tables},
    element('div', {class: 'table-head-group', role: 'rowgroup'}, head),
    body,
  );
  const rows = virtualRows({
    scroller,
    body,
    height: rowHeight,
    covered: rowHeight,
    make: index => tableRow(tables[index], index),
  });
  const stop = loadPages<SchemaTableView>(
    offset => panel.client.request('tables', {id, offset}),
    (next, how) => {
      tables = next;
      scroller.setAttribute('aria-rowcount', String(next.length + 1));
      rows.reset(next.length);
      state.hidden = next.length > 0 || how === 'more';
      fill(state, how === 'gone' ? labels.gone : labels.noTables);
    },
  );
  return {
    root: element('div', {class: 'tables-view'}, scroller, state),
    dispose: () => {
      stop();
      rows.dispose();
    },
  };
}

function tableRow(table: SchemaTableView | undefined, index: number): HTMLElement {
  if (table === undefined) return element('div');
  const {name, rows, differences} = table;
  const about =
    differences === 0 ? element('span', {class: 'same'}, icon('check', labels.same)) : String(differences);
  return element(
    'div',
    {class: 'row row-table', role: 'row', 'aria-rowindex': index + 2},
    element('span', {class: 'name', role: 'cell'}, name),
    element('span', {class: 'figure', role: 'cell'}, rows === null ? '–' : rows.toLocaleString('en')),
    element('span', {class: 'figure', role: 'cell'}, about),
  );
}

/** What the user's rules keep out of sight, and why. */
export function ignoredView(panel: Panel, {id}: ComparedPhase): Part {
  return listView<IgnoredView>(
    offset => panel.client.request('ignored', {id, offset}),
    labels.noIgnored,
    ({words: text, count, rule, reason, restorable}, index) => [
      element(
        'div',
        {class: 'ignored-text'},
        element('p', {}, element('code', {}, rule), reason !== null && element('span', {}, ` ${reason}`)),
        element('p', {class: 'faint'}, [text, words.moreOf(count)].filter(Boolean).join(' ')),
      ),
      restorable &&
        button(
          {kind: 'secondary', onClick: () => void panel.client.request('restoreIgnored', {id, index})},
          labels.restore,
        ),
    ],
  );
}

/** What could not be compared. */
export function gapsView(panel: Panel, {id}: ComparedPhase): Part {
  return listView<string>(
    offset => panel.client.request('gaps', {id, offset}),
    labels.noGaps,
    text => [icon('info'), element('p', {}, text)],
  );
}

type Ask<T> = Parameters<typeof loadPages<T>>[0];

function listView<T>(ask: Ask<T>, empty: string, entry: (item: T, index: number) => readonly Child[]): Part {
  const list = element('ul', {class: 'entries'});
  const state = element('p', {class: 'list-state', role: 'status'}, labels.loading);
  let drawn = 0;
  const stop = loadPages<T>(ask, (items, how) => {
    list.append(
      ...items
        .slice(drawn)
        .map((item, index) => element('li', {class: 'entry'}, ...entry(item, drawn + index))),
    );
    drawn = items.length;
    state.hidden = items.length > 0 || how === 'more';
    fill(state, how === 'gone' ? labels.gone : empty);
  });
  return {root: element('div', {class: 'entries-view'}, list, state), dispose: stop};
}
