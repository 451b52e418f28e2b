import type {QualifiedName} from '../../sql/objects.ts';
import type {ColumnUser} from './schema.ts';
import type {State} from './state.ts';
import {columnKey} from './table.ts';

/** @returns the views, policies and triggers that name a column of a relation */
export function usersOf(state: State, name: QualifiedName, column: string): readonly ColumnUser[] {
  const table = state.table(name);
  if (!table) return [];
  const key = columnKey(table, column);
  return [
    ...state
      .mentioning(table)
      .flatMap(({kind, schema, name: reader, readColumns}): readonly ColumnUser[] =>
        (kind === 'view' || kind === 'materialized view') && readColumns.has(key)
          ? [{kind, name: {schema, name: reader}}]
          : [],
      ),
    ...[...table.policyUses].flatMap(([policy, columns]): readonly ColumnUser[] =>
      columns.includes(column) ? [{kind: 'policy', name: {name: policy}}] : [],
    ),
    ...[...table.triggerUses].flatMap(([trigger, {columns}]): readonly ColumnUser[] =>
      columns.includes(column) ? [{kind: 'trigger', name: {name: trigger}}] : [],
    ),
  ];
}
