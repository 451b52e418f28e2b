import {written, type QualifiedName} from '../../../sql/objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {Step} from '../../remedy.ts';
import {step} from './alter-steps.ts';

/** @returns a CHECK that is proven without blocking anybody, the statement that rests on it, and its end */
export function provenFirst(
  table: QualifiedName,
  condition: string,
  statement: string,
  undo: string,
): readonly Step[] {
  const alter = `ALTER TABLE ${written(table)}`;
  const check = quoteWhereNeeded(`${table.name}_bound`.slice(0, 63));
  return [
    step(`${alter} ADD CONSTRAINT ${check} CHECK (${condition}) NOT VALID`, `check ${table.name}`, {
      undo: `${alter} DROP CONSTRAINT IF EXISTS ${check}`,
    }),
    step(`${alter} VALIDATE CONSTRAINT ${check}`, `validate ${table.name}`, {how: 'own'}),
    step(statement, `attach ${table.name}`, {how: 'own', undo}),
    step(`${alter} DROP CONSTRAINT ${check}`, `attach ${table.name}`),
  ];
}
