import type {SchemaFailure, SchemaView} from '../../src/protocol/schema-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

const {labels} = words;

/** Everything but a result: on the way to it, or why there is none. */
export function situation(panel: Panel, view: SchemaView): Part {
  const {phase} = view;
  switch (phase.kind) {
    case 'running':
      return running(panel);
    case 'failed':
      return {root: box(failure(panel, phase.failure), failedActions(panel, phase.failure))};
    case 'cancelled':
      return {
        root: box(element('p', {class: 'lead'}, words.cancelledText), actions([again(panel), choose(panel)])),
      };
    case 'lost': {
      const before =
        phase.before && `${words.verdict(view, phase.before)}, ${words.when(phase.before.at, panel.now())}.`;
      const last = before === null ? undefined : element('p', {class: 'lead'}, `${labels.before} ${before}`);
      return {
        root: box(
          element('p', {class: 'lead'}, words.lostText),
          last,
          actions([again(panel), choose(panel)]),
        ),
      };
    }
    case 'compared':
      return {root: box()};
    default:
      return phase satisfies never;
  }
}

function running(panel: Panel): Part {
  const step = element('span', {class: 'step', role: 'status'});
  const elapsed = element('span', {class: 'elapsed'});
  const fillBar = element('span', {class: 'bar-fill'});
  const bar = element('div', {class: 'bar', role: 'progressbar', 'aria-valuemin': 0}, fillBar);
  const cancel = button(
    {kind: 'secondary', onClick: () => void panel.client.request('cancel', null)},
    labels.cancel,
  );
  let startedAt: number | undefined;
  const tick = (): void => {
    if (startedAt !== undefined) elapsed.textContent = words.elapsed(panel.now() - startedAt);
  };
  return {
    root: box(
      element('p', {class: 'running-line'}, icon('spinner'), step, elapsed),
      bar,
      element('div', {class: 'actions'}, cancel),
    ),
    update(view) {
      const {phase} = view;
      if (phase.kind !== 'running') return;
      ({startedAt} = phase);
      const text = phase.cancelling ? labels.cancelling : words.stepWords(phase, view);
      if (step.textContent !== text) step.textContent = text;
      cancel.hidden = phase.cancelling;
      bar.hidden = phase.of === undefined;
      bar.setAttribute('aria-label', text);
      bar.setAttribute('aria-valuemax', String(phase.of ?? 1));
      bar.setAttribute('aria-valuenow', String(phase.done ?? 0));
      const share = (phase.done ?? 0) / Math.max(1, phase.of ?? 1);
      fillBar.style.setProperty('inline-size', `${share * 100}%`);
      tick();
    },
    tick,
  };
}

/** Why there is no result, in the server's words and ours. */
function failure(panel: Panel, {message, advice, detail, hint, sqlState, at}: SchemaFailure): HTMLElement {
  const open = (): void => void panel.client.request('openFailure', null);
  const where = at && element('button', {type: 'button', class: 'link', on: {click: open}}, words.place(at));
  const code = sqlState !== null && element('code', {class: 'sqlstate'}, `SQLSTATE ${sqlState}`);
  return element(
    'div',
    {class: 'callout callout-bad', role: 'alert'},
    icon('cross-circle'),
    element(
      'div',
      {class: 'failure'},
      element('p', {class: 'message'}, message),
      (where !== null || code !== false) && element('p', {class: 'where'}, where ?? undefined, code),
      fields([
        [labels.detail, detail],
        [labels.hint, hint],
        [labels.advice, advice],
      ]),
    ),
  );
}

function fields(entries: readonly (readonly [string, string | null])[]): HTMLElement | undefined {
  const rows = entries.flatMap(([name, text]) =>
    text === null || text === '' ? [] : [element('dt', {}, name), element('dd', {}, text)],
  );
  return rows.length === 0 ? undefined : element('dl', {class: 'fields'}, ...rows);
}

interface Action {
  readonly text: string;
  readonly go: () => void;
}

function failedActions(panel: Panel, {at, scratch}: SchemaFailure): HTMLElement {
  const {client} = panel;
  return actions([
    ...(scratch ? [{text: labels.scratch, go: () => void client.request('useScratch', null)}] : []),
    ...(at ? [{text: labels.openFile, go: () => void client.request('openFailure', null)}] : []),
    again(panel),
    choose(panel),
  ]);
}

function again({client}: Panel): Action {
  return {text: labels.again, go: () => void client.request('again', null)};
}

function choose({client}: Panel): Action {
  return {text: labels.choose, go: () => void client.request('choose', null)};
}

function actions(all: readonly Action[]): HTMLElement {
  const root = element('div', {class: 'actions'});
  fill(
    root,
    ...all.map(({text, go}, index) =>
      button({kind: index === 0 ? 'primary' : 'secondary', onClick: go}, text),
    ),
  );
  return root;
}

function box(...children: readonly Child[]): HTMLElement {
  return element('section', {class: 'situation'}, ...children);
}
