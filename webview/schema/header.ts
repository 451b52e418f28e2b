import type {ComparedPhase, ExpectedView, SchemaView, TargetView} from '../../src/protocol/schema-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {environmentSign} from '../ui/environment.ts';
import {icon, type IconName} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

const {labels} = words;

/** The verdict, and what was compared with what. */
export function header(panel: Panel): Part {
  const title = element('h1', {tabindex: -1});
  const sides = element('p', {class: 'sides'});
  const facts = element('p', {class: 'facts'});
  const again = button(
    {kind: 'secondary', onClick: () => void panel.client.request('again', null)},
    labels.again,
  );
  const choose = button(
    {kind: 'secondary', onClick: () => void panel.client.request('choose', null)},
    labels.choose,
  );
  const actions = element('div', {class: 'actions head-actions'}, again, choose);
  const root = element(
    'header',
    {class: 'head'},
    element('div', {class: 'title-row'}, title, actions),
    sides,
    facts,
  );
  let shown = '';
  return {
    root,
    update(view) {
      const running = view.phase.kind === 'running';
      actions.hidden = view.phase.kind !== 'compared';
      const next = JSON.stringify([view.target, view.expected, running ? '' : view.phase]);
      if (next === shown) return;
      shown = next;
      const {sign, tone, text} = headline(view);
      title.className = `tone-${tone}`;
      fill(title, icon(sign), element('span', {}, text));
      fill(sides, ...sidesOf(view));
      fill(facts, ...factsOf(panel, view));
    },
  };
}

interface Headline {
  readonly sign: IconName;
  readonly tone: 'plain' | 'good' | 'bad' | 'unsure';
  readonly text: string;
}

function headline(view: SchemaView): Headline {
  const {phase} = view;
  switch (phase.kind) {
    case 'running':
      return {sign: 'compare', tone: 'plain', text: words.runningTitle(view)};
    case 'compared':
      return {...look(phase), text: words.verdict(view, phase)};
    case 'failed':
      return {sign: 'cross-circle', tone: 'bad', text: words.failedTitle};
    case 'cancelled':
      return {sign: 'stop-circle', tone: 'unsure', text: words.cancelledTitle};
    case 'lost':
      return {sign: 'question-circle', tone: 'unsure', text: words.lostTitle};
    default:
      return phase satisfies never;
  }
}

function look({counts, objects}: ComparedPhase): Pick<Headline, 'sign' | 'tone'> {
  if (objects === 0) return {sign: 'check-circle', tone: 'good'};
  if (counts.error > 0) return {sign: 'cross-circle', tone: 'bad'};
  return counts.warning > 0 ? {sign: 'warning', tone: 'unsure'} : {sign: 'info', tone: 'plain'};
}

function sidesOf({target, expected, phase}: SchemaView): Child[] {
  const compared = phase.kind === 'compared' ? phase : undefined;
  const how = compared && words.stageWords(compared);
  const against = element('span', {class: 'against'}, icon('compare'), labels.against);
  return [
    side(connection(target, compared && `PostgreSQL ${compared.versions.live}`)),
    side([
      against,
      ...(expected.kind === 'connection' ? connection(expected.connection, how) : files(expected, how)),
    ]),
  ];
}

function side(children: readonly Child[]): HTMLElement {
  return element('span', {class: 'side'}, ...children);
}

function connection({name, environment, address}: TargetView, about: string | undefined): Child[] {
  return [
    environmentSign(environment),
    element('strong', {}, name),
    element('span', {class: 'address'}, address),
    about !== undefined && element('span', {class: 'faint'}, about),
  ];
}

function files(expected: Exclude<ExpectedView, {kind: 'connection'}>, about: string | undefined): Child[] {
  return [
    element('strong', {}, words.expectedWords(expected)),
    expected.kind === 'history' && element('span', {class: 'address'}, expected.folder),
    about !== undefined && element('span', {class: 'faint'}, about),
  ];
}

function factsOf(panel: Panel, {phase}: SchemaView): Child[] {
  if (phase.kind !== 'compared') return [];
  const {at, milliseconds, compared, notes} = phase;
  return [
    element('span', {}, words.comparedWords(compared)),
    element('span', {}, `${words.when(at, panel.now())}, in ${words.took(milliseconds)}`),
    ...notes.map(note => element('span', {class: 'note'}, icon('info'), element('span', {}, note))),
  ];
}
