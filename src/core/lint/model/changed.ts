import type {Span} from '../../sql/positions.ts';
import {madeAt, type Applying} from './applying.ts';
import {withValue, type FullName} from './table.ts';

/** Notes where a table, and perhaps a column of it, was changed last. */
export function markChanged(applying: Applying, of: FullName, name: string | undefined, at: Span): void {
  const table = applying.state.at(of);
  const {made} = madeAt(applying, at);
  if (!table || !made) return;
  const column = name === undefined ? undefined : table.columns.get(name);
  const columns = column ? withValue(table.columns, column.name, {...column, changed: made}) : table.columns;
  applying.state.put({...table, columns, changed: made});
}
