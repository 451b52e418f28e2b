import type {Attribution} from '../../src/core/explain/attribution.ts';
import {numberField, textField} from '../../src/core/explain/fields.ts';
import type {PlanNode} from '../../src/core/explain/plan.ts';
import {formatMs, formatRows} from '../../src/core/explain/words.ts';
import type {OriginView} from '../../src/protocol/explain-panel.ts';
import {element, fill, type Child} from '../ui/element.ts';
import {icon, type IconName} from '../ui/icon.ts';
import {counterTable} from './counter-table.ts';
import {fieldList} from './field-list.ts';
import {sideName, titleParts} from './graph-words.ts';
import {factsOf, workersOf, type Fact, type FactGroup} from './node-facts.ts';
import {nodeSource} from './node-source.ts';
import type {Panel} from './panel.ts';
import {labels} from './words.ts';

export interface NodeDetailsOptions {
  readonly attribution: Attribution;
  readonly origin: OriginView;
  /** Whether there is a connection whose tree could show something. */
  readonly live: boolean;
}

/** Everything about one node: what was computed, and below it every field as it was sent. */
export function nodeDetails(
  panel: Panel,
  {attribution, live, origin}: NodeDetailsOptions,
): {readonly root: HTMLElement; show(id: number): void} {
  const root = element('div', {class: 'node-pane'});
  let rawOpen = false;
  const raw = (node: PlanNode): HTMLElement => {
    const details = element(
      'details',
      {class: 'all-fields', open: rawOpen},
      element('summary', {}, `All ${Object.keys(node.fields).length} fields, as they were sent`),
      fieldList(node.fields),
    );
    details.addEventListener('toggle', () => (rawOpen = details.open));
    return details;
  };
  return {
    root,
    show(id) {
      const node = attribution.plan.nodes[id];
      const numbers = attribution.numbers[id];
      if (!node || !numbers) return fill(root);
      fill(
        root,
        heading(node),
        live && buttons(panel, attribution, node, origin),
        ...factsOf(attribution, id).map(group),
        workers(node),
        section(
          'Buffers, I/O and WAL',
          counterTable([
            ['Self', numbers.self],
            ['Total', numbers.total],
          ]),
        ),
        id === 0 && Object.keys(attribution.plan.fields).length > 0
          ? section('Whole statement', fieldList(attribution.plan.fields))
          : undefined,
        raw(node),
      );
    },
  };
}

function heading(node: PlanNode): HTMLElement {
  const {step, object} = titleParts(node);
  const side = sideName(node);
  return element(
    'header',
    {class: 'node-head'},
    side !== undefined && element('span', {class: 'side'}, side),
    element('h2', {}, step),
    object !== '' && element('p', {class: 'object'}, object),
  );
}

function buttons(
  panel: Panel,
  {plan}: Attribution,
  node: PlanNode,
  {statement}: OriginView,
): HTMLElement | undefined {
  const schema = textField(node, 'Schema') ?? null;
  const relation = textField(node, 'Relation Name') ?? null;
  const index = textField(node, 'Index Name') ?? null;
  const mark = async (): Promise<void> => {
    const source = nodeSource(plan, node.id);
    const answer = source && (await panel.client.request('highlight', source));
    if (answer?.kind === 'result' && !answer.value.found) panel.say(labels.noPlace);
  };
  const reveal = async (place: {relation: string | null; index: string | null}): Promise<void> => {
    const answer = await panel.client.request('reveal', {schema, ...place});
    if (answer.kind === 'result' && !answer.value.found) panel.say(labels.notInTree);
  };
  const offered = [
    statement !== '' && tool('code', 'Show in SQL', () => void mark()),
    relation !== null &&
      tool('table', relation, () => void reveal({relation, index: null}), 'Show the table in the tree'),
    index !== null &&
      tool('search', index, () => void reveal({relation, index}), 'Show the index in the tree'),
  ];
  return offered.some(Boolean) ? element('div', {class: 'node-actions'}, ...offered) : undefined;
}

function tool(name: IconName, text: string, click: () => void, hint?: string): HTMLElement {
  return element(
    'button',
    {
      type: 'button',
      class: 'tool bordered',
      title: hint,
      'aria-label': hint === undefined ? undefined : `${hint}: ${text}`,
      on: {click},
    },
    icon(name),
    element('span', {}, text),
  );
}

function group({title, facts}: FactGroup): HTMLElement | undefined {
  return section(title, element('dl', {class: 'facts'}, ...facts.flatMap(factRow)));
}

function factRow({name, value, code = false, marked = false}: Fact): HTMLElement[] {
  const shown = code ? element('code', {}, value) : value;
  const mark = marked ? icon('warning', 'Worth a look') : undefined;
  return [
    element('dt', {class: code ? 'wide' : undefined}, name),
    element('dd', {class: `${code ? 'wide' : ''}${marked ? ' marked' : ''}`.trim()}, mark, shown),
  ];
}

/** Each worker with its own numbers. What else it has is in the fields below. */
function workers(node: PlanNode): HTMLElement | undefined {
  const list = workersOf(node);
  if (list.length === 0) return undefined;
  const heads = ['Worker', 'Time', 'Rows', 'Loops'].map(text => element('th', {scope: 'col'}, text));
  const rows = list.map(fields => {
    const loops = numberField({fields}, 'Actual Loops') ?? 0;
    const time = numberField({fields}, 'Actual Total Time');
    const each = numberField({fields}, 'Actual Rows');
    return element(
      'tr',
      {},
      element('th', {scope: 'row'}, String(numberField({fields}, 'Worker Number') ?? '')),
      cell(time === undefined ? '' : formatMs(time * loops)),
      cell(each === undefined ? '' : formatRows(each * loops)),
      cell(formatRows(loops)),
    );
  });
  return section(
    'Each worker',
    element(
      'table',
      {class: 'counters'},
      element('thead', {}, element('tr', {}, ...heads)),
      element('tbody', {}, ...rows),
    ),
  );
}

function cell(text: string): HTMLElement {
  return element('td', {class: 'number'}, text);
}

function section(title: string, content: Child): HTMLElement | undefined {
  if (content === undefined || content === false) return undefined;
  return element('section', {class: 'node-part'}, element('h3', {}, title), content);
}
