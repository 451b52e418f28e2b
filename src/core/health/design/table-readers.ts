import {tokensOf} from '../../sql/locate/words.ts';
import type {IndexedTable} from '../parts/indexes.ts';
import type {StatementRow, StatementsPart} from '../parts/statements.ts';
import {simpleFilter, type SimpleFilter} from './simple-filter.ts';

/** Of the table's pages: a call that touches fewer did not read it from end to end. */
const wholeBlocks = 0.5;
/** Of the rows: a statement that returns more wants the table, and no index would help it. */
const selective = 0.05;

/** A statement that seems to read all of a table. */
export interface TableReader {
  readonly statement: StatementRow & {readonly query: string};
  /** Looks for some of the rows, by what can be seen of it: an index could help. */
  readonly selective: boolean;
  /** Undefined when the statement is not simple enough to be understood without the parser. */
  readonly filter?: SimpleFilter;
}

/** @returns the statements of pg_stat_statements that name the table and touch so many pages that they read all of it */
export function readersOf(table: IndexedTable, {rows}: StatementsPart): readonly TableReader[] {
  const blocks = table.bytes / 8192;
  return rows.flatMap(statement => {
    const {query, calls, blocksHit, blocksRead} = statement;
    const touched = (blocksHit + blocksRead) / Math.max(1, calls);
    if (query === undefined || touched < wholeBlocks * blocks || !names(query, table)) return [];
    const filter = simpleFilter(query, table.name);
    const reader = {
      statement: {...statement, query},
      selective: isSelective(statement, query, table, filter),
    };
    return [filter === undefined ? reader : {...reader, filter}];
  });
}

const reading: ReadonlySet<string> = new Set(['select', 'with', 'update', 'delete', 'insert', 'merge']);

function names(query: string, {schema, name}: IndexedTable): boolean {
  if (!query.toLowerCase().includes(name.toLowerCase())) return false;
  const tokens = tokensOf(query, {start: 0, end: query.length}).filter(({kind}) => kind !== 'string');
  const [verb] = tokens;
  if (!verb || !reading.has(verb.name)) return false;
  return tokens.some((token, index) => {
    if (token.name !== name || token.kind === 'other') return false;
    return tokens[index - 1]?.name !== '.' || tokens[index - 2]?.name === schema;
  });
}

const sums = /\b(?:count|sum|avg|min|max|\w+_agg)\s*\(|\bgroup\s+by\b|\bdistinct\b|\bexists\b/i;

/**
 * Without WHERE and JOIN … ON nothing narrows it down, and who returns a good part of the rows wants them all. Of what
 * sums rows up the number that comes back says nothing, so only comparisons with = do.
 */
function isSelective(
  {rows, calls}: StatementRow,
  query: string,
  table: IndexedTable,
  filter: SimpleFilter | undefined,
): boolean {
  if (!/\b(?:where|on|using)\b/i.test(query)) return false;
  if (sums.test(query)) return (filter?.equal.length ?? 0) > 0;
  return rows / Math.max(1, calls) <= selective * (table.rows ?? 0);
}
