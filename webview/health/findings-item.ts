import type {HealthFinding} from '../../src/core/health/finding.ts';
import {formatBytes} from '../../src/core/explain/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {findingBody, type Offered} from './finding-body.ts';
import type {KeyedItem} from './keyed-list.ts';
import type {Panel} from './panel.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import {actionWords, areaNames, severityNames} from './words.ts';

/** A finding with its place among all of them, by which the host knows it. */
export interface ShownFinding {
  readonly finding: HealthFinding;
  readonly index: number;
  readonly key: string;
}

let made = 0;

/** One finding: a line that opens to why it matters, what to do, what it rests on, and buttons that do it. */
export function findingItem(
  panel: Panel,
  {finding: {severity, check}}: ShownFinding,
  viewNow: () => HealthView | undefined,
): KeyedItem<ShownFinding> {
  made += 1;
  const id = `finding-${made}`;
  const what = element('span', {class: 'finding-what'});
  const area = element('span', {class: 'finding-area'});
  const bytes = element('span', {class: 'finding-bytes'});
  const details = element('div', {class: 'finding-details', id});
  const quick = element('div', {class: 'finding-quick'});
  let now: ShownFinding | undefined;
  let open = false;
  const act = (action: number): void => {
    const view = viewNow();
    if (!now || !view) return;
    const chosen = now.finding.actions[action];
    if (chosen?.kind === 'show-session') return panel.go({kind: 'session', pid: chosen.pid});
    void panel.client.request('act', {generation: view.generation, finding: now.index, action});
  };
  const body = findingBody(panel, act);
  const click = (): void => {
    open = !open;
    if (open && now) {
      body.show(now.finding, offeredOf(now.finding, viewNow()));
      fill(details, body.root);
    }
    show();
  };
  const head = element(
    'button',
    {type: 'button', class: 'finding-head', 'aria-controls': id, on: {click}},
    icon('chevron'),
    icon(severityIcons[severity], severityNames[severity]),
    area,
    what,
    bytes,
  );
  const show = (): void => {
    head.setAttribute('aria-expanded', String(open));
    details.hidden = !open;
    quick.hidden = open;
  };
  show();
  let offered = '';
  return {
    root: element(
      'li',
      {class: `finding severity-${severity}`, 'data-check': check},
      element('div', {class: 'finding-line'}, head, quick),
      details,
    ),
    show(next) {
      now = next;
      setWords(what, next.finding.what);
      setWords(area, areaNames[next.finding.area]);
      setWords(bytes, (next.finding.bytes ?? 0) > 0 ? formatBytes(next.finding.bytes ?? 0) : '');
      const actions = offeredOf(next.finding, viewNow());
      const first = JSON.stringify(actions[0] ?? null);
      if (first !== offered) fill(quick, ...actions.slice(0, 1).map(one => quickButton(one, act)));
      offered = first;
      if (open) body.show(next.finding, actions);
    },
  };
}

function quickButton({action, index}: Offered, act: (action: number) => void): HTMLElement {
  const click = (): void => act(index);
  const text = actionWords(action);
  return element(
    'button',
    {type: 'button', class: 'tool bordered', title: text, on: {click}},
    element('span', {}, text),
  );
}

function offeredOf({actions}: HealthFinding, view: HealthView | undefined): readonly Offered[] {
  const all = actions.map((action, index) => ({action, index}));
  return view?.connection.readOnly === true ? all.filter(({action}) => action.kind !== 'maintain') : all;
}
