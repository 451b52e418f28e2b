import type {Action, HealthFinding, Subject} from '../../src/core/health/finding.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setContent, setWords} from '../ui/live-text.ts';
import type {KeyedItem} from './keyed-list.ts';
import type {Place} from './model.ts';
import {copy, type Panel} from './panel.ts';
import {severityIcons} from './severity-icons.ts';
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
      const actions = offeredOf(next.finding, viewNow());
      const first = JSON.stringify(actions[0] ?? null);
      if (first !== offered) fill(quick, ...actions.slice(0, 1).map(one => quickButton(one, act)));
      offered = first;
      if (open) body.show(next.finding, actions);
    },
  };
}

/** An action with its index among all of the finding's. */
interface Offered {
  readonly action: Action;
  readonly index: number;
}

function offeredOf({actions}: HealthFinding, view: HealthView | undefined): readonly Offered[] {
  const all = actions.map((action, index) => ({action, index}));
  return view?.connection.readOnly === true ? all.filter(({action}) => action.kind !== 'maintain') : all;
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

interface Body {
  readonly root: HTMLElement;
  show(finding: HealthFinding, actions: readonly Offered[]): void;
}

function findingBody(panel: Panel, act: (action: number) => void): Body {
  const why = element('p', {class: 'finding-why'});
  const fix = element('p', {class: 'finding-fix'});
  const evidence = element('ul', {class: 'finding-evidence'});
  const sql = element('div', {class: 'finding-sql'});
  const buttons = element('div', {class: 'actions'});
  let drawn = '';
  return {
    root: element('div', {class: 'finding-body'}, why, fix, sql, buttons, evidence),
    show(finding, actions) {
      setWords(why, finding.why);
      setWords(fix, finding.fix);
      setContent(
        evidence,
        finding.evidence.map(text => element('li', {}, text)),
      );
      evidence.hidden = finding.evidence.length === 0;
      const next = JSON.stringify([actions, finding.subject, finding.check]);
      if (next === drawn) return;
      drawn = next;
      fill(
        sql,
        ...actions.flatMap(({action}) => (action.kind === 'show-sql' ? [sqlBox(panel, action.sql)] : [])),
      );
      fill(buttons, ...buttonsOf(panel, finding, actions, act));
    },
  };
}

function sqlBox(panel: Panel, text: string): HTMLElement {
  const click = (): void => copy(panel, text);
  return element(
    'div',
    {class: 'code-box'},
    element('pre', {tabindex: 0}, element('code', {}, text)),
    element('button', {type: 'button', class: 'tool', title: 'Copy', on: {click}}, icon('copy', 'Copy')),
  );
}

function buttonsOf(
  panel: Panel,
  {subject, check}: HealthFinding,
  actions: readonly Offered[],
  act: (action: number) => void,
): readonly Child[] {
  const doing = actions.map(({action, index}, place) =>
    button(
      {kind: place === 0 ? 'primary' : 'secondary', onClick: () => act(index)},
      action.kind === 'show-sql' ? `Open in Editor: ${action.title}` : actionWords(action),
    ),
  );
  const about = (): void => void panel.client.request('openCheck', {check});
  return [
    ...doing,
    ...leadsOf(panel, subject).map(({text, go}) => button({kind: 'secondary', onClick: go}, text)),
    element('button', {type: 'button', class: 'link', on: {click: about}}, 'About This Check'),
  ];
}

interface Lead {
  readonly text: string;
  readonly go: () => void;
}

/** @returns where a finding's object can be seen */
function leadsOf(panel: Panel, subject: Subject | undefined): readonly Lead[] {
  const to = (text: string, place: Place): Lead => ({text, go: () => panel.go(place)});
  const reveal = (schema: string, name: string, kind: 'relation' | 'index'): Lead => ({
    text: 'Reveal in Tree',
    go: () => void panel.client.request('reveal', {schema, name, kind}),
  });
  switch (subject?.kind) {
    case 'index':
      return [
        {text: 'Open Indexes', go: () => void panel.client.request('openIndexes', null)},
        reveal(subject.schema, subject.name, 'index'),
      ];
    case 'table':
      return [
        to('Show in Tables', {...subject, kind: 'table'}),
        reveal(subject.schema, subject.name, 'relation'),
      ];
    case 'column':
    case 'constraint':
      return [reveal(subject.schema, subject.table, 'relation')];
    case 'sequence':
      return [reveal(subject.schema, subject.name, 'relation')];
    case 'statement':
      return [to('Show in Queries', {kind: 'statement', id: subject.id})];
    case 'setting':
      return [to('Show in Settings', {kind: 'setting', name: subject.name})];
    case 'session':
    case 'function':
    case 'role':
    case 'slot':
    case 'database':
    case 'extension':
    case undefined:
      return [];
    default:
      return subject satisfies never;
  }
}
