import type {Attribution} from '../../src/core/explain/attribution.ts';
import type {FieldValue} from '../../src/core/explain/plan.ts';
import {formatMs, formatRows} from '../../src/core/explain/words.ts';
import type {ExplainView, OriginView} from '../../src/protocol/explain-panel.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {icon} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

const {labels} = words;

export interface Header {
  readonly root: HTMLElement;
  update(view: ExplainView): void;
  /** Shows the plan's own figures, or none until there is a plan. */
  figures(attribution?: Attribution): void;
}

/** What was explained, where and how, and how long it took. */
export function header(panel: Panel): Header {
  const headline = element('p', {class: 'headline'});
  const title = element('div', {class: 'title-row'});
  const origin = element('p', {class: 'origin'});
  const extras = element('dl', {class: 'extras'});
  const notes = element('ul', {class: 'notes', 'aria-label': labels.notes});
  const about = aboutLine(origin, extras);
  const root = element('header', {class: 'head'}, title, headline, about.root, notes);
  let shown: OriginView | undefined;
  const showExtras = (attribution?: Attribution): void => {
    const rows = shown ? extraRows(shown, attribution) : [];
    extras.hidden = rows.length === 0;
    fill(extras, ...rows);
    about.changed();
  };
  return {
    root,
    update({origin: next}) {
      if (JSON.stringify(next) === JSON.stringify(shown)) return;
      shown = next;
      fill(title, statement(panel, next), connection(next));
      fill(origin, ...originParts(next));
      notes.hidden = next.notes.length === 0;
      fill(notes, ...next.notes.map(note => element('li', {}, icon('info'), element('span', {}, note))));
      showExtras();
    },
    figures(attribution) {
      fill(headline, ...(attribution ? figures(attribution) : []));
      headline.hidden = attribution === undefined;
      showExtras(attribution);
    },
  };
}

/** What need not be seen at once. Where there is little room it is one line, which a button opens. */
function aboutLine(...parts: readonly HTMLElement[]): {readonly root: HTMLElement; changed(): void} {
  const text = element('div', {class: 'about-text'}, ...parts);
  const open = (): void => {
    const opened = root.classList.toggle('is-open');
    button.setAttribute('aria-expanded', String(opened));
  };
  const button = element(
    'button',
    {
      type: 'button',
      class: 'tool about-open',
      'aria-expanded': 'false',
      'aria-label': labels.about,
      title: labels.about,
      on: {click: open},
    },
    icon('chevron'),
  );
  const root = element('div', {class: 'about'}, text, button);
  const changed = (): void => {
    const said = [...text.querySelectorAll('.origin > *, dt, code')].map(({textContent}) => textContent);
    text.title = said.join('  ');
  };
  return {root, changed};
}

/** Very long statements need no more than their beginning here. */
const longestTitle = 500;

function statement(panel: Panel, {statement, title}: OriginView): HTMLElement {
  const text = (statement === '' ? title : statement).slice(0, longestTitle).replaceAll(/\s+/g, ' ').trim();
  if (statement === '') return element('h1', {class: 'statement'}, text);
  const click = (): void => void panel.client.request('openStatement', null);
  return element(
    'h1',
    {class: 'statement'},
    element('button', {type: 'button', title: labels.openStatement, on: {click}}, element('code', {}, text)),
  );
}

function connection({connection}: OriginView): HTMLElement | undefined {
  if (connection === null) return undefined;
  const {environment, name} = connection;
  return element('span', {class: 'connection'}, environmentSign(environment), element('strong', {}, name));
}

function originParts(origin: OriginView): HTMLElement[] {
  const {connection, at} = origin;
  const version = connection?.serverVersion ?? '';
  const parts: (readonly [string, string] | undefined)[] = [
    ['mode', words.modeText(origin)],
    connection ? ['address', connection.address] : undefined,
    version === '' ? undefined : ['version', `PostgreSQL ${version}`],
    ['when', words.when(at)],
  ];
  return parts.flatMap(part => (part ? [element('span', {class: part[0]}, part[1])] : []));
}

function figures({executionMs, planningMs, plan, numbers}: Attribution): Child[] {
  const cost = numbers[0]?.cost.total ?? 0;
  const main =
    executionMs === undefined
      ? figure(formatRows(cost), plan.analyzed ? labels.cost : `${labels.cost}, ${labels.notExecuted}`)
      : figure(formatMs(executionMs), labels.execution);
  return [
    element('span', {class: 'figure-main'}, ...main),
    planningMs !== undefined &&
      element('span', {class: 'figure'}, ...figure(formatMs(planningMs), labels.planning)),
    element(
      'span',
      {class: 'figure'},
      ...figure(formatRows(plan.nodes.length), nodesWord(plan.nodes.length)),
    ),
  ];
}

function nodesWord(count: number): string {
  return count === 1 ? 'node' : 'nodes';
}

function figure(value: string, label: string): Child[] {
  return [element('strong', {}, value), ' ', element('span', {}, label)];
}

function extraRows({parameters}: OriginView, attribution?: Attribution): HTMLElement[] {
  const given = parameters.map(({name, type, value}) => {
    const typed = type === null ? '' : ` ${type}`;
    return `${name}${typed} = ${value ?? 'NULL'}`;
  });
  const settings = settingsOf(attribution?.plan.fields['Settings']);
  return [...extra(labels.parameters, given), ...extra(labels.settings, settings)];
}

function extra(name: string, values: readonly string[]): HTMLElement[] {
  if (values.length === 0) return [];
  const codes = values.map(value => element('code', {}, value));
  return [element('div', {}, element('dt', {}, name), element('dd', {}, ...codes))];
}

function settingsOf(settings: FieldValue | undefined): readonly string[] {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return [];
  return Object.entries(settings).map(
    ([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}
