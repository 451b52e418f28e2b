import type {TableFacts} from '../facts.ts';
import {textField, textsField} from '../fields.ts';
import type {Confidence, FindingAction} from '../finding.ts';
import {tableSql} from '../index-sql.ts';
import type {PlanNode} from '../plan.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {PlanContext} from './context.ts';
import {catalogNotAsked} from './draft.ts';
import {parseExpression, type Expression} from './expression.ts';
import {columnsIn, conjuncts, printExpression} from './print.ts';
import {columnTest, factsOf, isOf} from './tests.ts';

/** What helps the planner to a better number. */
export interface EstimateRemedy {
  readonly cause: string;
  readonly fix: string;
  readonly confidence: Confidence;
  readonly basis: string;
  readonly actions: readonly FindingAction[];
}

/**
 * @returns the remedy for an estimate that is wrong at this node although its inputs are right and its statistics fresh
 * Source: https://www.postgresql.org/docs/current/multivariate-statistics-examples.html and planner-stats.html
 */
export function estimateRemedy(context: PlanContext, node: PlanNode): EstimateRemedy {
  if (node.type === 'Function Scan') return functionRows(node);
  if (node.type === 'Aggregate' || node.type === 'Unique') return grouped(context, node);
  if (context.tableOf(node)) return scanned(context, node);
  return unknown(
    node,
    context.facts ? 'Statistics of single tables say nothing about this step.' : catalogNotAsked,
  );
}

function functionRows(node: PlanNode): EstimateRemedy {
  const name = textField(node, 'Function Name') ?? 'the function';
  return {
    cause: `function ${name}`,
    fix: `Tell the planner how many rows ${name} returns: ALTER FUNCTION … ROWS n, or a support function.`,
    confidence: 'likely',
    basis: 'A set-returning function without ROWS counts as 1000 rows, or as one in SQL of one row.',
    actions: [],
  };
}

function unknown(node: PlanNode, basis: string): EstimateRemedy {
  return {
    cause: `estimate ${node.id}`,
    fix: 'Look at the condition of this step: give the planner a simpler one, or keep the step’s result in a temporary table and ANALYZE that.',
    confidence: 'possible',
    basis,
    actions: [],
  };
}

function scanned(context: PlanContext, node: PlanNode): EstimateRemedy {
  const table = context.tableOf(node);
  if (!table) return unknown(node, catalogNotAsked);
  const terms = termsOf(context, node);
  const subject = context.subjectOf(node);
  const columns = [...new Set(terms.flatMap(term => columnTest(term, subject)?.column ?? []))];
  const expression = terms.map(term => expressionIn(term)).find(each => each !== undefined);
  if (columns.length >= 2) return together(context, node, table, columns, ['dependencies', 'mcv']);
  if (columns.length === 1 && columns[0] !== undefined) return finer(table, columns[0]);
  if (expression) return onExpression(table, expression);
  return unknown(node, `${table.name} was analysed; the condition is of a kind that has no statistics.`);
}

function termsOf(context: PlanContext, node: PlanNode): readonly Expression[] {
  const fields = node.type === 'Bitmap Heap Scan' ? ['Recheck Cond', 'Filter'] : ['Index Cond', 'Filter'];
  return fields.flatMap(field => conjuncts(context.condition(node, field)));
}

/** A function or a calculation on columns of one table that is compared with something. */
function expressionIn(term: Expression): Expression | undefined {
  if (term.kind !== 'binary') return undefined;
  return [term.left, term.right].find(side => {
    return (
      (side.kind === 'call' || side.kind === 'binary' || side.kind === 'cast') && columnsIn(side).length > 0
    );
  });
}

// CREATE STATISTICS takes eight columns; more than three seldom depend on each other.
const mostColumns = 3;

function together(
  context: PlanContext,
  node: PlanNode,
  table: TableFacts,
  columns: readonly string[],
  kinds: readonly string[],
): EstimateRemedy {
  const chosen = columns.slice(0, mostColumns);
  const existing = table.extendedStatistics?.find(({columns: known, kinds: have}) => {
    return chosen.every(column => known.includes(column)) && kinds.some(kind => have.includes(kind));
  });
  if (existing)
    return unknown(node, `${existing.name} already has extended statistics on ${chosen.join(', ')}.`);
  const main = context.mainTableOf(node) ?? table;
  return {
    cause: `statistics ${main.schema}.${main.name} ${chosen.join(',')}`,
    fix: `Create extended statistics on ${chosen.join(', ')} of ${main.name} and ANALYZE it: the planner takes columns to be independent.`,
    confidence: 'likely',
    basis: `${main.name} was analysed, and has no extended statistics on ${chosen.join(', ')}.`,
    actions: [createStatistics(main, chosen.map(quoteWhereNeeded), chosen.join('_'), kinds)],
  };
}

function createStatistics(
  table: TableFacts,
  targets: readonly string[],
  label: string,
  kinds: readonly string[],
): FindingAction {
  const name = quoteWhereNeeded(Array.from(`${table.name}_${label}`).slice(0, 50).join('') + '_stats');
  const kind = kinds.length > 0 ? ` (${kinds.join(', ')})` : '';
  const place = tableSql(table);
  return {
    kind: 'show-sql',
    title: 'Create the statistics',
    sql: `CREATE STATISTICS ${name}${kind} ON ${targets.join(', ')} FROM ${place};\nANALYZE ${place};`,
  };
}

// What `SET STATISTICS` is raised to, of 10,000 at most; the default is 100.
const finerTarget = 1000;

function finer(table: TableFacts, column: string): EstimateRemedy {
  const target = factsOf(table, column)?.statisticsTarget;
  const place = tableSql(table);
  if (target !== undefined && target >= finerTarget)
    return {
      cause: `statistics ${place} ${column}`,
      fix: `Look at the values of ${column}: ${target} statistics entries do not describe them.`,
      confidence: 'possible',
      basis: `The statistics target of ${column} is ${target}.`,
      actions: [],
    };
  return {
    cause: `statistics ${place} ${column}`,
    fix: `Raise the statistics target of ${table.name}.${column} and ANALYZE.`,
    confidence: 'possible',
    basis: `${table.name} was analysed; the statistics target of ${column} is ${target ?? 'the default'}.`,
    actions: [
      {
        kind: 'show-sql',
        title: 'Finer statistics',
        sql: `ALTER TABLE ${place} ALTER COLUMN ${quoteWhereNeeded(column)} SET STATISTICS ${finerTarget};\nANALYZE ${place};`,
      },
    ],
  };
}

/** From 14 on statistics can be made of an expression. */
function onExpression(table: TableFacts, expression: Expression): EstimateRemedy {
  const printed = printExpression(expression);
  return {
    cause: `statistics ${table.schema}.${table.name} ${printed}`,
    fix: `Create statistics on the expression ${printed} of ${table.name} and ANALYZE it: the planner guesses without.`,
    confidence: 'likely',
    basis: `${table.name} was analysed; no statistics are kept of what is computed from its columns.`,
    actions: [createStatistics(table, [`(${printed})`], 'expr', [])],
  };
}

function grouped(context: PlanContext, node: PlanNode): EstimateRemedy {
  const columns = textsField(node, 'Group Key').map(parseExpression);
  const plain = columns.flatMap(column => (column.kind === 'column' ? [column] : []));
  const scan = scansBelow(node).find(each => {
    const subject = context.subjectOf(each);
    return plain.every(column => isOf(column, subject) && factsOf(subject.table, column.name));
  });
  const table = scan && context.tableOf(scan);
  if (!scan || !table || plain.length < 2 || plain.length < columns.length)
    return unknown(
      node,
      'The number of groups of one column, or of columns of several tables, is a guess from each alone.',
    );
  return together(
    context,
    scan,
    table,
    plain.map(({name}) => name),
    ['ndistinct'],
  );
}

// A plan is searched this far below an aggregate for the table that it groups.
const farthest = 50;

function scansBelow(node: PlanNode): readonly PlanNode[] {
  const found: PlanNode[] = [];
  const queue = [...node.children];
  for (let seen = 0; seen < farthest; seen += 1) {
    const next = queue.shift();
    if (!next) break;
    if (next.fields['Relation Name'] !== undefined) found.push(next);
    queue.push(...next.children);
  }
  return found;
}
