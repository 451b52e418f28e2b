import type {HealthView} from '../../src/protocol/health-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {duration} from './format.ts';
import {countBySeverity, seen} from './model.ts';
import {whenChanged, type Panel, type Part} from './panel.ts';
import {reportMenu} from './report-menu.ts';
import {watchControl} from './watch-control.ts';
import {costWords, verdict} from './words.ts';

/** The verdict, which server this is, and whether what is shown is still true. */
export function header(panel: Panel): Part {
  const title = element('h1', {tabindex: -1});
  const who = element('p', {class: 'who'});
  const uptime = element('span', {class: 'faint'});
  const cost = element('span', {class: 'faint cost'});
  const watch = watchControl(panel);
  const root = element(
    'header',
    {class: 'head'},
    element('div', {class: 'title-row'}, title, headActions(panel)),
    who,
    element('div', {class: 'watch-row'}, watch.root, cost),
  );
  const showTitle = whenChanged((text: string, tone: string, sign: IconName) => {
    title.className = `tone-${tone}`;
    fill(title, icon(sign), element('span', {}, text));
  });
  const showWho = whenChanged((key: string, children: () => readonly Child[]) => {
    if (key !== '') fill(who, ...children(), uptime);
  });
  return {
    root,
    update(view) {
      const {sign, tone} = headline(view);
      showTitle(verdict(view), tone, sign);
      const server = seen(view.reading, 'server');
      const key = JSON.stringify([view.connection, server?.version, server?.standby, server?.database]);
      if (who.dataset['key'] !== key) {
        who.dataset['key'] = key;
        showWho(key, () => whoOf(view));
      }
      setWords(uptime, server ? `up ${duration(server.now - server.startedAt)}` : '');
      setWords(cost, costWords(view.cost));
      watch.update(view);
    },
    tick: () => watch.tick(),
  };
}

function headline({findings, grades, watching}: HealthView): {
  readonly sign: IconName;
  readonly tone: string;
} {
  const counts = countBySeverity(findings);
  if (watching.kind === 'lost' && grades.length === 0) return {sign: 'cross-circle', tone: 'bad'};
  if (grades.length === 0) return {sign: 'search', tone: 'plain'};
  if (counts.error > 0) return {sign: 'cross-circle', tone: 'bad'};
  return counts.warning > 0 ? {sign: 'warning', tone: 'unsure'} : {sign: 'check-circle', tone: 'good'};
}

function whoOf({connection, reading}: HealthView): readonly Child[] {
  const {name, environment, address, readOnly} = connection;
  const server = seen(reading, 'server');
  return [
    environmentSign(environment),
    element('strong', {}, name),
    element('span', {class: 'address'}, address),
    server && element('span', {}, `PostgreSQL ${server.version}`),
    server?.standby === true &&
      sign('Standby', 'It replays what another server writes; its counters are its own.'),
    readOnly && sign('Read-only', 'The connection is read-only: what writes is not offered.'),
  ];
}

function sign(text: string, hint: string): HTMLElement {
  return element('span', {class: 'sign', title: hint}, text);
}

function headActions(panel: Panel): HTMLElement {
  const {client} = panel;
  return element(
    'div',
    {class: 'actions head-actions'},
    button({kind: 'secondary', onClick: () => void client.request('openIndexes', null)}, 'Indexes'),
    reportMenu(panel),
  );
}
