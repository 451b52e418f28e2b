import type {IndexesPart} from '../../../core/health/parts/indexes.ts';
import type {WantedRows} from '../../../protocol/index-panel.ts';

/** The table that the panel was opened for. */
export interface AskedTable {
  readonly schema: string;
  readonly name: string;
  /** Name of one index of it, which is selected. */
  readonly index?: string;
  readonly leastUsedFirst?: boolean;
}

/** @returns the rows that are meant; nothing where the reading has no such table */
export function wantedIn(part: IndexesPart, asked: AskedTable): WantedRows | undefined {
  const {schema, name, index, leastUsedFirst = false} = asked;
  const table = part.tables.find(one => one.schema === schema && one.name === name)?.oid;
  if (table === undefined) return undefined;
  const row = part.indexes.find(one => one.tableOid === table && one.name === index);
  return {table, leastUsedFirst, ...(row ? {index: row.oid} : {})};
}
