import type {TableFacts} from '../facts.ts';
import {textField, textsField} from '../fields.ts';
import type {PlanNode} from '../plan.ts';
import {formatBlocks, formatMs, formatRows, nodeTitle} from '../words.ts';
import type {PlanContext} from './context.ts';
import {matters, type Check, type Draft} from './draft.ts';
import type {ColumnReference} from './expression.ts';
import {parseExpression} from './expression.ts';
import {createAction, nameOf} from './index-advice.ts';
import {columnsIn} from './print.ts';
import {factsOf, isOf} from './tests.ts';

// Reading a thousand rows from the table takes well under a millisecond once they are in memory.
const fewestRows = 1000;

// A wide index is a second table: it costs more than the blocks it saves.
const mostAdded = 3;
const widestAdded = 64;

// Where fewer blocks are all-visible, an index-only scan reads the table nevertheless.
const leastVisible = 0.9;

// When rows lie beside each other in the table, as many of them share a block that the index saves little.
const mostRowsOfABlock = 10;

/**
 * An index scan reads each row from the table for one to three narrow columns that the index does not have. With these
 * INCLUDEd the table is not read at all, as long as it is mostly all-visible.
 * Source: https://www.postgresql.org/docs/current/indexes-index-only-scans.html
 */
export const coveringIndex: Check = {
  id: 'covering-index',
  find: context =>
    context.plan.nodes.flatMap(node =>
      node.type === 'Index Scan' || node.type === 'Bitmap Heap Scan' ? found(context, node) : [],
    ),
};

function found(context: PlanContext, node: PlanNode): readonly Draft[] {
  const table = context.tableOf(node);
  const rows = context.executionOf(node)?.rows ?? 0;
  const ms = context.selfMs(node);
  if (!table || table.kind !== 'table' || rows < fewestRows || !matters(context, ms)) return [];
  if (table.pages === 0 || table.allVisiblePages / table.pages < leastVisible) return [];
  const index = table.indexes.find(({name}) => name === indexNameOf(node));
  const blocks = blocksOf(context, node);
  if (!index || index.method !== 'btree' || index.predicate !== undefined || blocks * mostRowsOfABlock < rows)
    return [];
  const keys = index.keys.flatMap(({column}) => column ?? []);
  const needed = neededColumns(context, node);
  const added = needed?.filter(column => ![...keys, ...index.include].includes(column)) ?? [];
  if (keys.length !== index.keys.length || !isWorthIt(table, added)) return [];
  const name = nameOf(context, node);
  const proposal = name && {
    table: name,
    method: 'btree' as const,
    keys: index.keys.flatMap(({column, descending}) => {
      return column === undefined ? [] : [{column, ...(descending ? {descending} : {})}];
    }),
    include: [...index.include, ...added],
  };
  return [
    {
      cause: `covering ${index.name} ${added.join(',')}`,
      nodes: [node.id],
      what: `Reads rows of ${table.name} only for ${added.join(', ')}`,
      why: `${nodeTitle(node)} returned ${formatRows(rows)} rows and touched ${formatBlocks(blocks)}${ms === undefined ? '' : ` in ${formatMs(ms)}`}, for ${added.length === 1 ? 'a column' : 'columns'} that ${index.name} does not have.`,
      fix: `Create an index as ${index.name} that INCLUDEs ${added.join(', ')}, and drop ${index.name} where no constraint needs it.`,
      confidence: 'likely',
      basis: `${table.allVisiblePages} of ${table.pages} blocks of ${table.name} were all-visible at the last VACUUM or ANALYZE.`,
      atStakeMs: ms,
      actions: createAction(context, proposal),
    },
  ];
}

function indexNameOf(node: PlanNode): string | undefined {
  const [child] = node.children;
  if (node.type !== 'Bitmap Heap Scan') return textField(node, 'Index Name');
  return child?.type === 'Bitmap Index Scan' ? textField(child, 'Index Name') : undefined;
}

function isWorthIt(table: TableFacts, added: readonly string[]): boolean {
  if (added.length === 0 || added.length > mostAdded) return false;
  const widths = added.map(column => factsOf(table, column)?.statistics?.width);
  return (
    !widths.includes(undefined) && widths.reduce<number>((sum, width) => sum + (width ?? 0), 0) <= widestAdded
  );
}

function blocksOf(context: PlanContext, node: PlanNode): number {
  const self = context.numbersOf(node)?.self;
  return (self?.sharedHit ?? 0) + (self?.sharedRead ?? 0);
}

/** What the node returns and tests; undefined where VERBOSE did not tell, or the whole row is asked for. */
function neededColumns(context: PlanContext, node: PlanNode): readonly string[] | undefined {
  const output = outputOf(context, node);
  if (output.length === 0) return undefined;
  const subject = context.subjectOf(node);
  const used = [...output, textField(node, 'Filter') ?? ''].filter(text => text !== '');
  const columns = used.flatMap(text => columnsIn(parseExpression(text)));
  const own = columns.filter((column: ColumnReference) => isOf(column, subject)).map(({name}) => name);
  if (own.some(name => factsOf(subject.table, name) === undefined)) return undefined;
  return [...new Set(own)];
}

/**
 * Where nothing speaks against it a scan returns all columns, which costs nothing, and the step above takes what it
 * needs. Source: use_physical_tlist in createplan.c
 */
function outputOf(context: PlanContext, node: PlanNode): readonly string[] {
  const parent = context.parentOf(node);
  if (parent?.type !== 'Aggregate') return textsField(node, 'Output');
  return ['Output', 'Group Key', 'Filter'].flatMap(field => textsField(parent, field));
}
