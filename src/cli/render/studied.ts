import type {NodeNumbers} from '../../core/explain/attribution.ts';
import type {FindingAction, PlanFinding} from '../../core/explain/finding.ts';
import type {PlanNode} from '../../core/explain/plan.ts';
import {formatBlocks, formatFactor, formatMs, formatRows, nodeTitle} from '../../core/explain/words.ts';
import {counted} from '../../core/words.ts';
import type {Paint} from '../paint.ts';
import {depthsOf, type StudiedPlan} from '../plan-bodies.ts';
import {harmless} from './harmless.ts';
import {table, type Cell} from './table.ts';

/** @returns each plan as its headline, its tree and the findings on it */
export function renderStudied(plans: readonly StudiedPlan[], paint: Paint): string {
  return plans.map(plan => renderOne(plan, paint)).join('\n');
}

function renderOne({attribution, findings}: StudiedPlan, paint: Paint): string {
  const {plan} = attribution;
  const query = plan.queryText === undefined ? '' : `${paint('dim', harmless(plan.queryText.trim()))}\n`;
  const depths = depthsOf(plan.nodes);
  const slowest = slowestOf(attribution.numbers);
  const rows = plan.nodes.map((node, id) =>
    row(node, depths[id] ?? 0, attribution.numbers[id], id === slowest, paint),
  );
  const heads = headings(plan.analyzed).map(text => ({text, paint: (shown: string) => paint('dim', shown)}));
  const advice = findings.map(finding => renderFinding(finding, plan.nodes, paint));
  return [query, `${headline({attribution, findings}, paint)}\n\n`, table([heads, ...rows]), ...advice].join(
    '',
  );
}

function headline({attribution}: StudiedPlan, paint: Paint): string {
  const {executionMs, planningMs, triggersMs, jitMs, plan} = attribution;
  const parts = [
    ['execution', executionMs],
    ['planning', planningMs],
    ['triggers', triggersMs],
    ['JIT', jitMs],
  ] as const;
  const times = parts.flatMap(([name, ms]) =>
    ms === undefined ? [] : `${name} ${paint('bold', formatMs(ms))}`,
  );
  const nodes = counted(plan.nodes.length, 'node');
  return [...times, ...(plan.analyzed ? [] : ['planned, not executed']), nodes].join(' · ');
}

function headings(analyzed: boolean): readonly string[] {
  return analyzed ? ['self', 'total', 'rows', 'estimate', 'read', 'node'] : ['cost', 'rows expected', 'node'];
}

function row(
  node: PlanNode,
  depth: number,
  numbers: NodeNumbers | undefined,
  isSlowest: boolean,
  paint: Paint,
): readonly Cell[] {
  const name = {text: `${'  '.repeat(depth)}${subplan(node)}${nodeTitle(node)}`};
  const execution = numbers?.execution;
  if (numbers === undefined || numbers.state === 'unknown')
    return [
      {text: numbers?.cost.total.toFixed(2) ?? ''},
      {text: formatRows(numbers?.plannedRows ?? 0)},
      name,
    ];
  if (execution === undefined)
    return [{text: ''}, {text: ''}, {text: ''}, {text: ''}, {text: 'never executed'}, name];
  const {time, rows, estimate} = execution;
  const strong = isSlowest ? {paint: (text: string) => paint('bold', text)} : {};
  const off = (estimate?.factor ?? 1) >= 10 ? {paint: (text: string) => paint('yellow', text)} : {};
  const read = numbers.self.sharedRead ?? 0;
  return [
    {text: time === undefined ? '' : formatMs(time.selfMs), ...strong},
    {text: time === undefined ? '' : formatMs(time.totalMs)},
    {text: formatRows(rows)},
    {text: estimate === undefined ? '' : formatFactor(estimate), ...off},
    {text: read === 0 ? '' : formatBlocks(read)},
    {...name, ...strong},
  ];
}

function subplan({subplanName}: PlanNode): string {
  return subplanName === undefined ? '' : `${subplanName}: `;
}

function slowestOf(numbers: readonly NodeNumbers[]): number {
  const selves = numbers.map(({execution}) => execution?.time?.selfMs ?? 0);
  return selves.indexOf(Math.max(...selves));
}

function renderFinding(finding: PlanFinding, nodes: readonly PlanNode[], paint: Paint): string {
  const [first] = finding.nodes;
  const node = first === undefined ? undefined : nodes[first];
  const where = node === undefined ? '' : paint('dim', ` (${harmless(nodeTitle(node))})`);
  const lines = [
    `\n${paint('yellow', '●')} ${paint('bold', harmless(finding.what))}${where}`,
    `  ${harmless(finding.why)}`,
    `  ${paint('cyan', 'fix:')} ${harmless(finding.fix)}`,
    ...finding.actions.flatMap(sqlOf).map(sql => `       ${harmless(sql)}`),
    `  ${finding.confidence}: ${harmless(finding.basis)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function sqlOf(action: FindingAction): readonly string[] {
  switch (action.kind) {
    case 'create-index':
      return [`${action.definition};`];
    case 'show-sql':
      return action.sql.split('\n');
    case 'analyze':
    case 'vacuum':
      return [];
    default:
      return action satisfies never;
  }
}
