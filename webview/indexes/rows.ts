import type {ForeignKeyRow, IndexedTable, IndexRow} from '../../src/core/health/parts/indexes.ts';
import {byTable, placeFindings} from './model.ts';
import type {Panel} from './panel.ts';
import {supportsOf} from './supports.ts';

/**
 * Fetches the rows of a generation page after page; the first page is shown as soon as it is there, the rest together.
 * @returns a function that ends it
 */
export function fetchRows(
  panel: Panel,
  generation: number,
  onRows: (rows: readonly IndexRow[]) => void,
): () => void {
  const {client, store} = panel;
  let ended = false;
  /** A list that is there stays as it is until all of the next one is. */
  const replacing = store.now.rows.length > 0;
  const load = async (): Promise<void> => {
    const rows: IndexRow[] = [];
    let tables: readonly IndexedTable[] = [];
    let foreignKeys: readonly ForeignKeyRow[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const answer: Awaited<ReturnType<typeof ask>> = await ask(offset);
      if (ended || answer.kind === 'error' || answer.value === null) return;
      const page = answer.value;
      rows.push(...page.items);
      if (offset === 0) ({tables, foreignKeys} = page);
      const complete = page.next === null;
      if (complete || (offset === 0 && !replacing)) show(rows.slice(), tables, foreignKeys, complete);
      offset = page.next;
    }
  };
  const ask = (offset: number) => client.request('rows', {generation, offset});
  const show = (
    rows: readonly IndexRow[],
    tables: readonly IndexedTable[],
    foreignKeys: readonly ForeignKeyRow[],
    complete: boolean,
  ): void => {
    onRows(rows);
    store.set({
      rows,
      tables: new Map(tables.map(table => [table.oid, table])),
      foreignKeys: byTable(foreignKeys),
      supports: supportsOf(rows, foreignKeys),
      found: placeFindings(store.now.findings, rows, tables),
      complete,
    });
  };
  void load();
  return () => {
    ended = true;
  };
}
