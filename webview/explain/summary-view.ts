import type {Attribution} from '../../src/core/explain/attribution.ts';
import type {FieldValue} from '../../src/core/explain/plan.ts';
import {formatBlocks, formatMs, formatRows} from '../../src/core/explain/words.ts';
import {element, type Child} from '../ui/element.ts';
import {formatCost, formatShare} from './colour-values.ts';
import {counterTable} from './counter-table.ts';
import {fieldList} from './field-list.ts';
import type {MakeView, ViewActions} from './model.ts';
import {cacheShare, groupsOf, indexOf, tableOf, timeParts, type Group, type TimeParts} from './summary.ts';

/** The plan added up: by kind of node, by table, by index, and what is beside the nodes. */
export const summaryView: MakeView = ({attribution}, _, actions) => {
  const root = element(
    'div',
    {class: 'summary', tabindex: 0, role: 'region', 'aria-label': 'Summary of the plan'},
    element('div', {class: 'summary-top'}, times(attribution), buffers(attribution)),
    groupTable(
      'By kind of node',
      groupsOf(attribution, node => node.type),
      attribution,
      actions,
    ),
    groupTable('By table', groupsOf(attribution, tableOf), attribution, actions),
    groupTable('By index', groupsOf(attribution, indexOf), attribution, actions),
    ...statementFields(attribution),
  );
  return {root, update: () => {}, focus: () => root.focus(), dispose: () => {}};
};

const partNames: readonly (readonly [keyof TimeParts, string, 'part' | 'sum' | 'within'])[] = [
  ['planningMs', 'Planning', 'part'],
  ['nodesMs', 'Nodes of the plan', 'part'],
  ['besideMs', 'Beside the nodes: start and end, sending, triggers', 'part'],
  ['executionMs', 'Execution in all', 'sum'],
  ['triggersMs', 'of it triggers', 'within'],
  ['jitMs', 'of it JIT compilation', 'within'],
  ['serializationMs', 'of it serialization of the result', 'within'],
];

function times(attribution: Attribution): HTMLElement | undefined {
  const parts = timeParts(attribution);
  const longest = Math.max(parts.executionMs ?? 0, parts.planningMs ?? 0);
  const rows = partNames.flatMap(([key, name, kind]) => {
    const ms = parts[key];
    if (ms === undefined) return [];
    const bar = element('td', {class: 'bar-cell'}, barOf(kind === 'sum' || longest === 0 ? 0 : ms / longest));
    return [
      element(
        'tr',
        {class: `time-${kind}`},
        element('th', {scope: 'row'}, name),
        element('td', {class: 'number'}, formatMs(ms)),
        bar,
      ),
    ];
  });
  if (rows.length === 0) return undefined;
  return section('Time', element('table', {class: 'sums'}, element('tbody', {}, ...rows)));
}

function buffers(attribution: Attribution): HTMLElement | undefined {
  const total = attribution.numbers[0]?.total ?? {};
  const table = counterTable([['Whole plan', total]]);
  if (table === undefined) return undefined;
  const share = cacheShare(attribution);
  const note =
    share !== undefined &&
    element(
      'p',
      {class: 'note'},
      element('strong', {}, formatShare(share)),
      ' of the shared blocks were in shared buffers. A read may have been served by the cache of the operating system.',
    );
  return section('Buffers and I/O', table, note);
}

function groupTable(
  title: string,
  groups: readonly Group[],
  {plan, numbers}: Attribution,
  actions: ViewActions,
): HTMLElement | undefined {
  if (groups.length === 0) return undefined;
  const timed = groups.some(({selfMs}) => selfMs !== undefined);
  const blocked = groups.some(({blocks}) => blocks !== undefined);
  const all = timed ? (numbers[0]?.execution?.time?.totalMs ?? 0) : (numbers[0]?.cost.total ?? 0);
  const heads = [
    '',
    'Nodes',
    timed ? 'Self time' : 'Cost',
    'Share',
    '',
    plan.analyzed ? 'Rows' : 'Rows expected',
    ...(blocked ? ['Buffers'] : []),
  ];
  const rows = groups.map(group => {
    const value = timed ? (group.selfMs ?? 0) : group.cost;
    const share = all <= 0 ? 0 : Math.max(0, value) / all;
    const [first = 0] = group.nodes;
    const click = (): void => actions.select(first);
    return element(
      'tr',
      {},
      element(
        'th',
        {scope: 'row'},
        element('button', {type: 'button', class: 'link plain', on: {click}}, group.name),
      ),
      number(formatRows(group.nodes.length)),
      number(timed ? formatMs(value) : formatCost(value)),
      number(formatShare(share)),
      element('td', {class: 'bar-cell'}, barOf(share)),
      number(formatRows(group.rows)),
      blocked &&
        number(group.blocks === undefined ? '' : group.blocks === 0 ? '0' : formatBlocks(group.blocks)),
    );
  });
  const head = element('tr', {}, ...heads.map(text => element('th', {scope: 'col'}, text)));
  return section(
    title,
    element('table', {class: 'sums groups'}, element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}

function number(text: string): HTMLElement {
  return element('td', {class: 'number'}, text);
}

function barOf(share: number): HTMLElement {
  const fill = element('span', {class: 'sum-bar', 'aria-hidden': 'true'});
  fill.style.setProperty('inline-size', `${Math.min(1, Math.max(0, share)) * 100}%`);
  return fill;
}

/** What EXPLAIN says beside the nodes, as it was sent: triggers, JIT, settings, memory of planning. */
function statementFields({plan}: Attribution): HTMLElement[] {
  const shown = Object.entries(plan.fields).filter(([, value]) => !isEmpty(value));
  if (shown.length === 0) return [];
  return [section('Whole statement, as it was sent', fieldList(Object.fromEntries(shown)))];
}

function isEmpty(value: FieldValue): boolean {
  return Array.isArray(value) && value.length === 0;
}

function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', {class: 'summary-part'}, element('h2', {}, title), ...children);
}
