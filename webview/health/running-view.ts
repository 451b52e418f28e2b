import type {ProgressRow} from '../../src/core/health/parts/progress.ts';
import {phaseWords} from '../../src/core/health/maintenance.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {setWords} from '../ui/live-text.ts';
import {percent} from './format.ts';
import {keyedList, type KeyedItem} from './keyed-list.ts';
import {seen} from './model.ts';
import type {Part} from './panel.ts';

/** Long commands that anybody runs on the server now. */
export function runningView(): Part {
  const list = element('ul', {class: 'running'});
  const rows = keyedList<ProgressRow>(list, ({pid, title}) => `${pid} ${title}`, rowOf);
  const root = element(
    'section',
    {class: 'block', 'aria-label': 'Running on the server'},
    element('h2', {}, 'Running on the server'),
    list,
  );
  return {
    root,
    update(view) {
      const shown = othersOf(view);
      root.hidden = shown.length === 0;
      rows.show(shown);
    },
  };
}

/** What was started here is shown above already. */
function othersOf({reading, maintenance}: HealthView): readonly ProgressRow[] {
  const own = maintenance.filter(({state}) => state.kind === 'running').map(({title}) => title);
  const rows = seen(reading, 'progress')?.rows ?? [];
  return rows.filter(({relation}) => relation === undefined || !own.some(title => title.includes(relation)));
}

function rowOf({title}: ProgressRow): KeyedItem<ProgressRow> {
  const what = element('span', {class: 'running-what'});
  const phase = element('span', {class: 'faint'});
  const fill = element('span', {class: 'bar-fill'});
  const bar = element(
    'div',
    {class: 'bar', role: 'progressbar', 'aria-label': title, 'aria-valuemin': 0, 'aria-valuemax': 100},
    fill,
  );
  return {
    root: element('li', {}, what, phase, bar),
    show(row) {
      const {phase: name, share} = phaseWords(row);
      setWords(what, [row.title, row.relation].filter(Boolean).join(' '));
      const part = share === undefined ? '' : `, ${percent(share)}`;
      setWords(phase, `${name}${part} · pid ${row.pid}`);
      bar.hidden = share === undefined;
      bar.setAttribute('aria-valuenow', String(Math.round((share ?? 0) * 100)));
      fill.style.setProperty('inline-size', `${(share ?? 0) * 100}%`);
    },
  };
}
