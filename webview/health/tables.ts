import type {TableRow} from '../../src/core/health/parts/tables.ts';
import {formatBytes} from '../../src/core/explain/words.ts';
import {counted} from '../../src/core/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {grid} from '../ui/grid.ts';
import {setWords} from '../ui/live-text.ts';
import {gridColumns} from './grid-columns.ts';
import {moment} from './format.ts';
import {gapsOf} from './gaps.ts';
import {readAt, seen} from './model.ts';
import type {Panel} from './panel.ts';
import type {Section} from './sections.ts';
import {tableActions} from './table-actions.ts';
import {tableColumns} from './table-columns.ts';
import {tableDetails} from './table-details.ts';
import {textFilter} from './text-filter.ts';
import * as words from './words.ts';

const hiddenAtFirst = ['inserted', 'multixact', 'hot', 'cache', 'parent'];

/** Tables with their sizes, what autovacuum has left to do, and how far they are from wrap-around. */
export function tables(panel: Panel): Section {
  let view: HealthView | undefined;
  let now = 0;
  let rows: readonly TableRow[] = [];
  let largest = 1;
  const actions = tableActions(panel, () => view?.connection.readOnly === true);
  const details = tableDetails(actions, () => now);
  const columns = tableColumns(
    () => now,
    () => largest,
  );
  const hidden = new Set(panel.choices.hidden['tables'] ?? hiddenAtFirst);
  const list = grid<TableRow>({
    label: 'Tables',
    columns,
    hidden,
    key: ({oid}) => String(oid),
    name: ({schema, name}) => `${schema}.${name}`,
    empty: words.reading,
    sorting: [{column: 'size', descending: true}],
    actions: row => actions.items(row),
    onSelect: row => details.show(row),
    onOpen: row => actions.reveal(row),
  });
  const filter = textFilter({
    label: 'Filter tables',
    description: 'Shows only tables whose name contains this text.',
    onChange: () => draw(),
  });
  const facts = element('span', {class: 'faint facts-line'});
  const gaps = gapsOf(panel, 'tables');
  const draw = (): void => {
    const text = filter.text();
    const part = view?.reading.tables;
    const shown = rows.filter(({schema, name}) => `${schema}.${name}`.toLowerCase().includes(text));
    const none = rows.length === 0 ? 'There are no tables.' : 'No table is like that.';
    list.setRows(shown, part?.kind === 'seen' ? none : words.absent(part));
    details.show(list.selected);
  };
  return {
    root: element(
      'div',
      {class: 'with-grid'},
      element(
        'div',
        {class: 'filter-bar'},
        filter.root,
        facts,
        element('span', {class: 'gap'}),
        gridColumns({
          grid: list,
          columns,
          hidden,
          onChange: ids => panel.choose({hidden: {...panel.choices.hidden, tables: ids}}),
        }),
      ),
      list.root,
      details.root,
      gaps.root,
    ),
    update(next) {
      const same = view?.reading.tables === next.reading.tables && view?.connection === next.connection;
      view = next;
      if (same && rows.length > 0) return;
      now = readAt(next.reading, 'tables');
      rows = seen(next.reading, 'tables')?.rows ?? [];
      largest = rows.reduce((most, {bytes}) => Math.max(most, bytes), 1);
      gaps.show(next.reading);
      setWords(facts, factsWords(panel, next));
      draw();
    },
    go(place) {
      if (place.kind !== 'table') return;
      filter.clear();
      draw();
      const found = rows.find(({schema, name}) => schema === place.schema && name === place.name);
      if (found === undefined || !list.select(String(found.oid)))
        return panel.say('The table is not among those that were read.');
      list.focus();
    },
  };
}

function factsWords(panel: Panel, {reading}: HealthView): string {
  const part = seen(reading, 'tables');
  if (part === undefined) return '';
  const bytes = part.rows.reduce((sum, {bytes, kind}) => sum + (kind === 'toast' ? 0 : bytes), 0);
  const since = part.since === undefined ? '' : `; counted since ${moment(part.since, panel.now())}`;
  const off = part.autovacuum ? '' : '; autovacuum is off';
  const count = part.rows.filter(({kind}) => kind !== 'toast').length;
  return `${counted(count, 'table')}, ${formatBytes(bytes)}${since}${off}`;
}
