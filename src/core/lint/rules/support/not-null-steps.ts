import {written, type QualifiedName} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {Step} from '../../remedy.ts';

/** @returns SET NOT NULL without a scan under a strong lock: a CHECK proves it first */
export function notNullSteps(table: QualifiedName, column: string): readonly Step[] {
  const alter = `ALTER TABLE ${written(table)}`;
  const name = quoteWhereNeeded(column);
  const check = quoteWhereNeeded(`${table.name}_${column}_not_null`.slice(0, 63));
  return [
    {
      sql: `${alter} ADD CONSTRAINT ${check} CHECK (${name} IS NOT NULL) NOT VALID`,
      how: 'own',
      title: `check ${column}`,
      undo: `${alter} DROP CONSTRAINT IF EXISTS ${check}`,
    },
    {sql: `${alter} VALIDATE CONSTRAINT ${check}`, how: 'own', title: `validate ${column}`, undo: ''},
    {
      sql: `${alter} ALTER COLUMN ${name} SET NOT NULL`,
      how: 'own',
      title: `set ${column} not null`,
      undo: `${alter} ALTER COLUMN ${name} DROP NOT NULL`,
    },
    {sql: `${alter} DROP CONSTRAINT ${check}`, how: 'any', title: `drop the check of ${column}`, undo: ''},
  ];
}
