import type {Row} from '../../core/session.ts';
import type {ConstraintDraft} from './constraints.ts';
import type {Known} from './relations.ts';
import {text} from './values.ts';

/**
 * Writes what `pg_get_constraintdef` would, from what is known already. An exclusion constraint is left to the server.
 * Source: pg_get_constraintdef_worker in src/backend/utils/adt/ruleutils.c
 */
export function constraintText(draft: ConstraintDraft, row: Row, {quote}: Known): string {
  const list = (names: readonly string[] = [], before = ''): string =>
    names.map((name, index) => (index === names.length - 1 ? before : '') + quote(name)).join(', ');
  const marks = [
    draft.deferrable ? ' DEFERRABLE' : '',
    draft.initiallyDeferred ? ' INITIALLY DEFERRED' : '',
    draft.notEnforced ? ' NOT ENFORCED' : draft.notValid ? ' NOT VALID' : '',
  ].join('');
  const inherit = draft.noInherit ? ' NO INHERIT' : '';
  switch (draft.type) {
    case 'primary key':
    case 'unique': {
      const words = draft.type === 'unique' ? 'UNIQUE' : 'PRIMARY KEY';
      const nulls = draft.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '';
      const overlaps = draft.withoutOverlaps ? ' WITHOUT OVERLAPS' : '';
      const include = draft.include ? ` INCLUDE (${list(draft.include)})` : '';
      return `${words}${nulls} (${list(draft.columns)}${overlaps})${include}${marks}`;
    }
    case 'foreign key': {
      const period = row['period'] === true ? 'PERIOD ' : '';
      const match = draft.match ? ' MATCH FULL' : '';
      const onUpdate = draft.onUpdate === undefined ? '' : ` ON UPDATE ${draft.onUpdate}`;
      const onDelete = draft.onDelete === undefined ? '' : ` ON DELETE ${draft.onDelete}`;
      const cleared = draft.onDeleteColumns ? ` (${list(draft.onDeleteColumns)})` : '';
      const target = `${text(row['references'])}(${list(draft.referencedColumns, period)})`;
      return `FOREIGN KEY (${list(draft.columns, period)}) REFERENCES ${target}${match}${onUpdate}${onDelete}${cleared}${marks}`;
    }
    case 'check':
      return `CHECK (${draft.expression ?? ''})${inherit}${marks}`;
    case 'not null':
      return draft.columns ? `NOT NULL ${list(draft.columns)}${inherit}${marks}` : `NOT NULL${marks}`;
    case 'exclusion':
      throw new TypeError('The server writes the definition of an exclusion constraint.');
    default:
      return draft.type satisfies never;
  }
}
