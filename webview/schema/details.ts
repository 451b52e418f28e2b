import type {ComparedPhase, DifferenceView, SchemaView} from '../../src/protocol/schema-panel.ts';
import {button} from '../ui/controls.ts';
import {counted} from '../ui/counted.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {definitions} from './definitions.ts';
import type {ShownObject} from './model.ts';
import type {Panel} from './panel.ts';
import type {Store} from './store.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import * as words from './words.ts';

const {labels} = words;

/** What the active row is about: in words, in values, in definitions, and what can be done. */
export function details(panel: Panel, view: SchemaView, phase: ComparedPhase, store: Store): HTMLElement {
  const root = element('section', {class: 'details', 'aria-label': labels.about, tabindex: -1});
  let shown: string | undefined;
  store.onChange(({rows, active}) => {
    if (active === shown) return;
    shown = active;
    const row = rows.find(({id}) => id === active);
    root.scrollTop = 0;
    if (row === undefined) fill(root);
    else if (row.kind === 'object') fill(root, ...ofObject(panel, phase, row.shown));
    else fill(root, ...ofDifference(panel, view, phase, row.difference));
  });
  return root;
}

function ofObject(panel: Panel, {id}: ComparedPhase, {object}: ShownObject): Child[] {
  const {key, kind, name, rows, differences} = object;
  const about = [
    counted(differences.length, 'difference'),
    kind === 'table' ? words.rowsWords(rows) : '',
  ].filter(text => text !== '');
  return [
    element('h2', {}, element('span', {class: 'kind'}, `${kind} `), name),
    element('p', {class: 'faint'}, about.join(' · ')),
    definitions(panel, id, key),
  ];
}

function ofDifference(
  panel: Panel,
  view: SchemaView,
  phase: ComparedPhase,
  difference: DifferenceView,
): Child[] {
  const {severity, words: text, key} = difference;
  return [
    element(
      'h2',
      {class: `severity-${severity}`},
      icon(severityIcons[severity], words.severityNames[severity]),
      element('span', {}, text),
    ),
    values(view, difference),
    origin(panel, phase, difference),
    actions(panel, phase, difference),
    definitions(panel, phase.id, key),
  ];
}

/** Both values, unless they are so long that only the definitions beside each other can be read. */
const longest = 400;

function values(
  {target}: SchemaView,
  {what, expected, live, attribute}: DifferenceView,
): HTMLElement | undefined {
  if (what !== 'changed' || (expected === null && live === null)) return undefined;
  if ((expected ?? '').length > longest || (live ?? '').length > longest) return undefined;
  const value = (text: string | null): HTMLElement =>
    text === null ? element('span', {class: 'faint'}, labels.default) : element('code', {}, text);
  return element(
    'dl',
    {class: 'values', 'aria-label': attribute ?? undefined},
    element('dt', {}, labels.expected),
    element('dd', {class: 'value-expected'}, value(expected)),
    element('dt', {}, words.liveLabel(target.name)),
    element('dd', {class: 'value-live'}, value(live)),
  );
}

/** Where it comes from, and the line that declares it. */
function origin(
  panel: Panel,
  {id}: ComparedPhase,
  {index, blame, what, place}: DifferenceView,
): HTMLElement | undefined {
  const text = words.blameWords(blame, what);
  if (text === '' && place === null) return undefined;
  const click = (): void => void panel.client.request('goTo', {id, difference: index});
  const link = place && element('button', {type: 'button', class: 'link', on: {click}}, words.place(place));
  return element(
    'p',
    {class: 'origin'},
    icon('search'),
    element('span', {}, text, text !== '' && link !== null && ' ', link ?? undefined),
  );
}

function actions(panel: Panel, {id}: ComparedPhase, difference: DifferenceView): HTMLElement {
  const {client} = panel;
  const {index, place, inTree, words: text} = difference;
  const asked = {id, difference: index};
  const reveal = async (): Promise<void> => {
    const answer = await client.request('reveal', asked);
    if (answer.kind === 'error') panel.say(labels.channelBroken);
    else if (!answer.value.found) panel.say(labels.notInTree);
  };
  const copy = async (): Promise<void> => {
    const answer = await client.request('copy', {content: text});
    panel.say(answer.kind === 'result' ? labels.copied : labels.channelBroken);
  };
  const secondary = (label: string, go: () => void): HTMLElement =>
    button({kind: 'secondary', onClick: go}, label);
  return element(
    'div',
    {class: 'actions'},
    place !== null && secondary(labels.goTo, () => void client.request('goTo', asked)),
    inTree && secondary(labels.reveal, () => void reveal()),
    secondary(labels.ignore, () => void client.request('ignore', asked)),
    secondary(labels.copy, () => void copy()),
  );
}
