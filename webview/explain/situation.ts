import type {ExplainView, FailureWords, OriginView, Phase} from '../../src/protocol/explain-panel.ts';
import {button} from '../ui/controls.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import type {Panel, Part} from './panel.ts';
import * as words from './words.ts';

const {labels} = words;

type Other = Exclude<Phase, {kind: 'shown'}>;

/** Everything but a plan: on the way to it, or why there is none. */
export function situation(panel: Panel, origin: OriginView, phase: Other): Part {
  switch (phase.kind) {
    case 'running':
      return running(panel, origin);
    case 'failed':
      return {root: failed(panel, origin, words.failedTitle, phase.failure)};
    case 'cancelled': {
      const {confirmed, afterMs} = phase;
      const text = words.cancelledText(confirmed, afterMs);
      const sign = confirmed ? 'stop-circle' : 'warning';
      return {
        root: box(
          sign,
          words.cancelledTitle(confirmed),
          [element('span', {role: 'alert'}, text)],
          actions(panel, origin),
        ),
      };
    }
    case 'lost':
      return {root: box('question-circle', words.lost.title, [words.lost.text], actions(panel, origin))};
    default:
      return phase satisfies never;
  }
}

function running(panel: Panel, origin: OriginView): Part {
  const title = element('span');
  const elapsed = element('span', {class: 'elapsed'});
  const cancel = button(
    {kind: 'secondary', onClick: () => void panel.client.request('cancel', null)},
    labels.cancel,
  );
  const asked = element('p', {class: 'lead', role: 'status'});
  const limit = origin.timeouts?.statement ?? 0;
  let phase: Phase | undefined;
  const tick = (): void => {
    if (phase?.kind === 'running') elapsed.textContent = words.elapsed(panel.now() - phase.startedAt);
  };
  return {
    root: element(
      'section',
      {class: 'situation'},
      element('h2', {class: 'situation-title'}, icon('spinner'), title, elapsed),
      limit > 0 && element('p', {class: 'note'}, words.timeoutText(limit)),
      element('div', {class: 'actions'}, cancel),
      asked,
      statement(origin),
    ),
    update({phase: next}: ExplainView) {
      phase = next;
      if (next.kind !== 'running') return;
      title.textContent = `${words.running[origin.mode]}…`;
      cancel.hidden = next.cancelling;
      const text = next.cancelling ? labels.cancelling : '';
      if (asked.textContent !== text) asked.textContent = text;
      tick();
    },
    tick,
  };
}

/** Why there is no plan, in the server's words and ours. */
export function failed(panel: Panel, origin: OriginView, title: string, failure: FailureWords): HTMLElement {
  const {message, sqlState, located, detail, hint, advice} = failure;
  const fields = [
    [labels.detail, detail],
    [labels.hint, hint],
    [labels.advice, advice],
  ].flatMap(([name, text]) =>
    text == null || text === '' ? [] : [element('dt', {}, name ?? ''), element('dd', {}, text)],
  );
  const body: Child[] = [
    element('span', {class: 'failure-message', role: 'alert'}, message),
    sqlState !== null && element('code', {class: 'sqlstate'}, `SQLSTATE ${sqlState}`),
  ];
  const open = located
    ? [{text: labels.openInEditor, go: () => void panel.client.request('openStatement', null)}]
    : [];
  const list = element('dl', {class: 'fields'}, ...fields);
  const fieldList = fields.length > 0 ? list : undefined;
  return box('cross-circle', title, body, statement(origin), actions(panel, origin, open), fieldList);
}

/** The whole of it: the header has room for its beginning. */
function statement({statement}: OriginView): HTMLElement | undefined {
  return statement === '' ? undefined : element('pre', {class: 'sql statement-text', tabindex: 0}, statement);
}

interface Action {
  readonly text: string;
  readonly go: () => void;
}

function actions(
  {client}: Panel,
  {mode, parameters}: OriginView,
  first: readonly Action[] = [],
): HTMLElement {
  const again: Action[] =
    mode === 'opened'
      ? [{text: labels.openFile, go: () => void client.request('openFile', null)}]
      : [{text: labels.again, go: () => void client.request('again', {mode})}];
  const change: Action[] =
    parameters.length === 0
      ? []
      : [{text: labels.changeValues, go: () => void client.request('change', null)}];
  const root = element('div', {class: 'actions'});
  const all = [...first, ...again, ...change];
  fill(
    root,
    ...all.map(({text, go}, index) =>
      button({kind: index === 0 ? 'primary' : 'secondary', onClick: go}, text),
    ),
  );
  return root;
}

function box(sign: IconName, title: string, body: readonly Child[], ...below: readonly Child[]): HTMLElement {
  return element(
    'section',
    {class: 'situation'},
    element('h2', {class: `situation-title sign-${sign}`}, icon(sign), element('span', {}, title)),
    element('p', {class: 'lead'}, ...body),
    ...below.toReversed(),
  );
}
