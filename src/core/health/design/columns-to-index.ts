import {modelOf} from '../indexes/model.ts';
import type {IndexedTable, IndexesPart} from '../parts/indexes.ts';
import type {TableReader} from './table-readers.ts';

/** More than that narrow down nothing more as a rule, and the index gets large. */
const mostColumns = 3;
/** Of the rows: a statement that returns more may be faster without an index. */
const few = 0.01;

/**
 * @returns columns of which an index would surely serve the statement, those compared with = first; undefined when the
 *   statement is not understood, returns much, or an index begins with one of the columns already, so that the planner
 *   had its reasons
 */
export function columnsToIndex(
  part: IndexesPart,
  table: IndexedTable,
  {filter, statement}: TableReader,
): readonly string[] | undefined {
  if (!filter || !filter.returnsAll || filter.equal.length === 0) return undefined;
  const columns = [...filter.equal, ...filter.ranges.slice(0, 1)];
  const returned = statement.rows / Math.max(1, statement.calls);
  if (columns.length > mostColumns || returned > few * (table.rows ?? 0)) return undefined;
  const isLed = (modelOf(part).ofTable.get(table.oid) ?? []).some(
    ({valid, keys: [first]}) =>
      valid && first !== undefined && columns.some(column => isColumn(first.text, column)),
  );
  return isLed ? undefined : columns;
}

/** Keys are written with quotes where the server needs them; an expression that names the column counts as well. */
function isColumn(key: string, column: string): boolean {
  return (
    key === column ||
    key.includes(`"${column.replaceAll('"', '""')}"`) ||
    new RegExp(`\\b${escaped(column)}\\b`).test(key)
  );
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
