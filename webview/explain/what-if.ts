import {textField} from '../../src/core/explain/fields.ts';
import {formatBytes} from '../../src/core/explain/words.ts';
import {quoteWhereNeeded} from '../../src/core/sql/quote.ts';
import type {WhatIfAnswer} from '../../src/protocol/explain-panel.ts';
import {button, setEnabled, textArea} from '../ui/controls.ts';
import {openDialog} from '../ui/dialog.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {attributionOf} from './compare-picker.ts';
import type {Comparison} from './comparison-view.ts';
import type {PlanModel} from './model.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

const {whatIf: texts, labels} = words;

export interface WhatIfOptions {
  readonly model: PlanModel;
  readonly selected: number;
  /** A whole CREATE INDEX to begin with. */
  readonly definition: string | undefined;
  readonly show: (comparison: Comparison) => void;
}

/** Asks for an index, has the statement planned with it, and shows both plans. */
export function askWhatIf(panel: Panel, {model, selected, definition, show}: WhatIfOptions): void {
  const field = textArea({
    label: texts.field,
    text: definition ?? beginning(model, selected),
    rows: 4,
  });
  const outcome = element('div', {class: 'what-if-outcome', role: 'status'});
  let asked = 0;
  const run = async (): Promise<void> => {
    const wanted = field.text().trim();
    if (wanted === '') return;
    const mine = ++asked;
    setEnabled(start, false);
    fill(outcome, element('p', {class: 'reading'}, icon('spinner'), texts.running));
    const answer = await panel.client.request('whatIf', {definition: wanted});
    if (mine !== asked) return;
    setEnabled(start, true);
    const comparison = answer.kind === 'result' ? comparisonOf(panel, answer.value) : undefined;
    if (comparison === undefined)
      return fill(outcome, problem(answer.kind === 'result' ? answer.value : undefined));
    dialog.close();
    show(comparison);
  };
  const start = button({kind: 'primary', onClick: () => void run()}, texts.run);
  field.root.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
  });
  const dialog = openDialog(
    {title: texts.title, closeLabel: labels.close, onClose: () => (asked += 1)},
    element('p', {class: 'lead'}, texts.lead),
    field.root,
    element('div', {class: 'actions'}, start),
    outcome,
  );
  field.root.focus();
}

/** `CREATE INDEX ON` the node's table, to be completed. */
function beginning({attribution}: PlanModel, selected: number): string {
  const node = attribution.plan.nodes[selected];
  const table = node && textField(node, 'Relation Name');
  if (node === undefined || table === undefined) return 'CREATE INDEX ON ';
  const schema = textField(node, 'Schema');
  const name = [schema, table]
    .flatMap(part => (part === undefined ? [] : [quoteWhereNeeded(part)]))
    .join('.');
  return `CREATE INDEX ON ${name} ()`;
}

function comparisonOf(panel: Panel, answer: WhatIfAnswer): Comparison | undefined {
  if (answer.kind === 'failure') return undefined;
  const {definition, bytes, how, notes} = answer;
  const [before, after] = [attributionOf(answer.before), attributionOf(answer.after)];
  if (before === undefined || after === undefined) return undefined;
  const create = (): void => void panel.client.request('act', {kind: 'create-index', definition});
  const costs = [before, after].map(({numbers}) => numbers[0]?.cost.total);
  return {
    title: texts.heading,
    before,
    after,
    names: ['Without', 'With'],
    sql: definition,
    notes: [
      ...(costs[0] === costs[1] ? [texts.unused] : []),
      texts.how[how],
      ...(bytes === null ? [] : [words.indexSize(formatBytes(bytes))]),
      ...notes,
      texts.costs,
    ],
    actions: [button({kind: 'primary', onClick: create}, words.finding.migration)],
  };
}

function problem(answer: WhatIfAnswer | undefined): HTMLElement {
  const failure = answer?.kind === 'failure' ? answer.failure : undefined;
  const sentences = [failure?.detail, failure?.hint, failure?.advice].flatMap(text => text ?? []);
  return element(
    'div',
    {class: 'callout callout-bad', role: 'alert'},
    icon('cross-circle'),
    element(
      'div',
      {},
      element('p', {}, failure?.message ?? labels.channelBroken),
      ...sentences.map(text => element('p', {class: 'note'}, text)),
    ),
  );
}
