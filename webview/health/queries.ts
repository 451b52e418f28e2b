import type {StatementRow} from '../../src/core/health/parts/statements.ts';
import {formatRows} from '../../src/core/explain/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {button} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {grid} from '../ui/grid.ts';
import {setWords} from '../ui/live-text.ts';
import type {MenuItem} from '../ui/menu.ts';
import {gridColumns} from './grid-columns.ts';
import {moment, short, time} from './format.ts';
import {gapsOf} from './gaps.ts';
import {seen} from './model.ts';
import type {Panel} from './panel.ts';
import {copy} from './panel.ts';
import {queryColumns, trendsOf, type QueryRow} from './query-columns.ts';
import {queryDetails} from './query-details.ts';
import type {Section} from './sections.ts';
import {textFilter} from './text-filter.ts';
import * as words from './words.ts';

const hiddenAtFirst = ['user', 'min', 'max', 'deviation', 'rows-per-call', 'read', 'dirtied', 'planning'];

/** The statements that cost most, as pg_stat_statements counts them. */
export function queries(panel: Panel): Section {
  let view: HealthView | undefined;
  let rows: readonly QueryRow[] = [];
  const details = queryDetails(panel);
  const columns = queryColumns(() => seen(view?.reading ?? {}, 'statements')?.totals.totalMs ?? 0);
  const hidden = new Set(panel.choices.hidden['queries'] ?? hiddenAtFirst);
  const list = grid<QueryRow>({
    label: 'Statements',
    columns,
    hidden,
    key: ({row}) => keyOf(row),
    name: ({row}) => row.query ?? `statement ${row.id}`,
    empty: words.reading,
    sorting: [{column: 'total', descending: true}],
    actions: ({row}) => actionsOf(panel, row),
    onSelect: one => details.show(one?.row),
    onOpen: ({row}) => void panel.client.request('explain', {statement: row.id}),
  });
  const filter = textFilter({
    label: 'Filter statements',
    description: 'Shows only statements whose text or user contains this text.',
    onChange: () => draw(),
  });
  const facts = element('span', {class: 'faint facts-line'});
  const help = element(
    'div',
    {class: 'help'},
    element(
      'p',
      {},
      'pg_stat_statements counts what each statement costs. Without it nobody knows which ones to make faster.',
    ),
    button(
      {kind: 'primary', onClick: () => void panel.client.request('enableStatements', null)},
      'Enable pg_stat_statements…',
    ),
  );
  const gaps = gapsOf(panel, 'statements');
  const bar = element(
    'div',
    {class: 'filter-bar'},
    filter.root,
    facts,
    element('span', {class: 'gap'}),
    gridColumns({
      grid: list,
      columns,
      hidden,
      onChange: ids => panel.choose({hidden: {...panel.choices.hidden, queries: ids}}),
    }),
  );
  const draw = (): void => {
    const text = filter.text();
    const shown = rows.filter(({row}) => `${row.query ?? ''} ${row.user}`.toLowerCase().includes(text));
    const part = view?.reading.statements;
    const none = rows.length === 0 ? 'No statement was counted yet.' : 'No statement is like that.';
    list.setRows(shown, part?.kind === 'seen' ? none : words.absent(part));
    details.show(list.selected?.row);
  };
  return {
    root: element('div', {class: 'with-grid'}, help, bar, list.root, details.root, gaps.root),
    update(next) {
      const same =
        view?.reading.statements === next.reading.statements &&
        view?.statementsBefore === next.statementsBefore;
      view = next;
      if (same && rows.length > 0) return;
      const isHidden = next.reading.statements?.kind === 'hidden';
      help.hidden = !isHidden;
      for (const part of [bar, list.root]) part.hidden = isHidden;
      gaps.show(next.reading);
      setWords(facts, factsWords(panel, next));
      rows = trendsOf(next);
      draw();
    },
    go(place) {
      if (place.kind !== 'statement') return;
      filter.clear();
      draw();
      const found = rows.find(({row}) => row.id === place.id);
      if (found === undefined || !list.select(keyOf(found.row)))
        return panel.say('The statement is not among those that were read.');
      list.focus();
    },
  };
}

/** One statement is counted for each user, and apart when it runs within a function. */
function keyOf({id, user, topLevel}: StatementRow): string {
  return `${id} ${user} ${String(topLevel)}`;
}

function actionsOf(panel: Panel, {id, query}: StatementRow): readonly MenuItem[] {
  if (query === undefined) return [];
  return [
    {text: 'Explain', icon: 'tree', onChoose: () => void panel.client.request('explain', {statement: id})},
    {
      text: 'Open in Editor',
      icon: 'open-file',
      onChoose: () => void panel.client.request('openQuery', {statement: id}),
    },
    {text: 'Copy', icon: 'copy', onChoose: () => copy(panel, query)},
  ];
}

function factsWords(panel: Panel, {reading, statementsBefore}: HealthView): string {
  const part = seen(reading, 'statements');
  if (part === undefined) return '';
  const {totals, resetAt, ioTiming} = part;
  const since = resetAt === undefined ? '' : ` since ${moment(resetAt, panel.now())}`;
  const trend =
    statementsBefore === undefined ? '' : `; trend since ${moment(statementsBefore.at, panel.now())}`;
  const timing = ioTiming ? '' : '; track_io_timing is off, so times of I/O are not known';
  return `${formatRows(totals.statements)} statements, ${short(totals.calls)} calls, ${time(totals.totalMs)}${since}${trend}${timing}`;
}
