import {markdownTable} from 'markdown-table';
import type {Attribution, NodeNumbers} from './attribution.ts';
import type {PlanFinding} from './finding.ts';
import type {PlanNode} from './plan.ts';
import {escapedMarkdown, fencedSql} from '../markdown-text.ts';
import {formatBlocks, formatFactor, formatMs, formatRows, nodeTitle} from './words.ts';

/** What a plan is about; every text is taken as text, not as markup. */
export interface PlanAbout {
  readonly title: string;
  /** SQL; empty when it is not known. */
  readonly statement: string;
  /** Such as the connection and the time, in the order they are written. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/**
 * Writes a plan as a document for a ticket: headline figures, findings, the statement and the tree as a table.
 * @returns GitHub-flavoured Markdown, in which nothing from the database can become markup
 */
export function planMarkdown(
  attribution: Attribution,
  findings: readonly PlanFinding[],
  {title, statement, facts}: PlanAbout,
): string {
  const parts = [
    `# ${escapedMarkdown(title)}`,
    figures(attribution),
    facts.map(([name, value]) => `- ${escapedMarkdown(name)}: ${escapedMarkdown(value)}`).join('\n'),
    statement === '' ? '' : `## Statement\n\n${fencedSql(statement)}`,
    findings.length === 0 ? '' : `## Findings\n\n${findings.map(findingText).join('\n\n')}`,
    `## Plan\n\n${tree(attribution)}`,
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function figures({executionMs, planningMs, plan, numbers}: Attribution): string {
  const figures = [
    executionMs === undefined
      ? `**Cost ${formatRows(numbers[0]?.cost.total ?? 0)}**, estimated`
      : `**${formatMs(executionMs)}** execution`,
    ...(planningMs === undefined ? [] : [`${formatMs(planningMs)} planning`]),
    `${formatRows(plan.nodes.length)} nodes`,
  ];
  return figures.join(', ');
}

function findingText(
  {what, why, fix, confidence, basis, atStakeMs, actions}: PlanFinding,
  index: number,
): string {
  const stake = atStakeMs === undefined ? '' : ` (up to ${formatMs(atStakeMs)})`;
  const sql = actions.flatMap(action => {
    if (action.kind === 'create-index') return [action.definition];
    return action.kind === 'show-sql' ? [action.sql] : [];
  });
  return [
    `### ${index + 1}. ${escapedMarkdown(what)}${stake}`,
    escapedMarkdown(why),
    `**What to do:** ${escapedMarkdown(fix)}`,
    `**How sure:** ${confidence}. ${escapedMarkdown(basis)}`,
    ...sql.map(text => fencedSql(text)),
  ].join('\n\n');
}

function tree(attribution: Attribution): string {
  const {plan, numbers} = attribution;
  const timed = numbers.some(({execution}) => execution?.time !== undefined);
  const depths: number[] = [];
  const rows = plan.nodes.map(node => {
    const depth = node.parent === undefined ? 0 : (depths[node.parent] ?? 0) + 1;
    depths.push(depth);
    const own = numbers[node.id];
    return [nameCell(node, depth), ...(own ? (timed ? timedCells(own) : plannedCells(own)) : [])];
  });
  const head = timed
    ? ['Node', 'Self', 'Total', 'Rows', 'Estimate', 'Loops', 'Read']
    : ['Node', 'Cost', 'Total cost', 'Rows'];
  return markdownTable([head, ...rows], {
    align: ['l', ...head.slice(1).map(() => 'r')],
    padding: false,
    alignDelimiters: false,
  });
}

/** Ordinary spaces at the beginning of a cell are dropped, so the indent is of no-break spaces. */
function nameCell(node: PlanNode, depth: number): string {
  const subplan = node.subplanName === undefined ? '' : `${node.subplanName}: `;
  return `${'\u00A0\u00A0'.repeat(depth)}${escapedMarkdown(`${subplan}${nodeTitle(node)}`)}`;
}

function timedCells({state, execution, self}: NodeNumbers): string[] {
  if (execution === undefined) return [state === 'never' ? 'never' : '', '', '', '', '', ''];
  const {time, rows, estimate, loops} = execution;
  return [
    time ? formatMs(time.selfMs) : '',
    time ? formatMs(time.totalMs) : '',
    formatRows(rows),
    estimate ? formatFactor(estimate) : '',
    formatRows(loops),
    self.sharedRead === undefined ? '' : self.sharedRead === 0 ? '0' : formatBlocks(self.sharedRead),
  ];
}

function plannedCells({cost, plannedRows}: NodeNumbers): string[] {
  return [formatRows(cost.self), formatRows(cost.total), formatRows(plannedRows)];
}
