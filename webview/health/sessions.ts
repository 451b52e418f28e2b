import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {grid} from '../ui/grid.ts';
import {blockingView} from './blocking-view.ts';
import {gridColumns} from './grid-columns.ts';
import {gapsOf} from './gaps.ts';
import {readAt, seen} from './model.ts';
import type {Panel} from './panel.ts';
import type {Section} from './sections.ts';
import {sessionActions} from './session-actions.ts';
import {sessionApplications} from './session-applications.ts';
import {sessionColumns} from './session-columns.ts';
import {sessionDetails} from './session-details.ts';
import {sessionFilter} from './session-filter.ts';
import * as words from './words.ts';

/** Columns that few need at first. */
const hiddenAtFirst = ['query-age', 'client', 'database', 'started', 'xmin'];

/** Who is connected and what they do; above, who waits for whom. */
export function sessions(panel: Panel): Section {
  let view: HealthView | undefined;
  let now = 0;
  const actions = sessionActions(panel, () => view);
  const blocking = blockingView(panel, actions);
  const details = sessionDetails(actions, () => now);
  const filter = sessionFilter(() => draw());
  const applications = sessionApplications(() => draw());
  const columns = sessionColumns(() => now);
  const hidden = new Set(panel.choices.hidden['sessions'] ?? hiddenAtFirst);
  const list = grid<SessionRow>({
    label: 'Sessions',
    columns,
    hidden,
    key: keyOf,
    name: row => `session ${row.pid}`,
    empty: words.reading,
    look: row => (row.own ? 'own' : ''),
    sorting: [{column: 'transaction', descending: true}],
    actions: row => actions.items(row),
    onSelect: row => details.show(row),
  });
  const gaps = gapsOf(panel, 'sessions');
  const root = element(
    'div',
    {class: 'with-grid'},
    blocking.root,
    element(
      'div',
      {class: 'filter-bar'},
      filter.root,
      element('span', {class: 'gap'}),
      gridColumns({
        grid: list,
        columns,
        hidden,
        onChange: ids => panel.choose({hidden: {...panel.choices.hidden, sessions: ids}}),
      }),
    ),
    applications.root,
    list.root,
    details.root,
    gaps.root,
  );
  const draw = (): void => {
    if (!view) return;
    const part = seen(view.reading, 'sessions');
    now = readAt(view.reading, 'sessions');
    filter.show(part?.rows ?? []);
    const filtered = (part?.rows ?? []).filter(row => filter.passes(row));
    applications.show(filtered);
    const rows = filtered.filter(row => applications.passes(row));
    list.setRows(rows, part ? emptyWords(part.rows.length) : words.absent(view.reading.sessions));
    details.show(list.selected);
  };
  return {
    root,
    update(next) {
      const same = view?.reading.sessions === next.reading.sessions && view?.connection === next.connection;
      view = next;
      if (same) return;
      const part = seen(next.reading, 'sessions');
      blocking.update(part, next);
      gaps.show(next.reading);
      draw();
    },
    go(place) {
      if (place.kind !== 'session') return;
      const row = seen(view?.reading ?? {}, 'sessions')?.rows.find(({pid}) => pid === place.pid);
      if (row === undefined) return panel.say(`Session ${place.pid} is gone.`);
      filter.reset();
      applications.reset();
      draw();
      list.select(keyOf(row));
      list.focus();
    },
  };
}

/** A pid is used again by another session one day; its start tells them apart. */
function keyOf({pid, startedAt}: SessionRow): string {
  return `${pid} ${startedAt ?? ''}`;
}

function emptyWords(count: number): string {
  return count === 0 ? 'Nobody is connected.' : 'No session is like that.';
}
