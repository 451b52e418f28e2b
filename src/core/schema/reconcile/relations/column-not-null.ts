import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {parentName} from '../../definition/names.ts';
import {partsOf} from '../../definition/parts.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import type {WriteContext, Written} from '../writer.ts';

type Column = ObjectOf<'column'>;

/** In its safe form the rows are read while others write them; the table is locked for a moment only. */
export function setNotNull(column: Column, context: WriteContext): readonly Written[] {
  const {to, creates, safe} = context;
  const own = notNullOf(column, to);
  // A constraint with more to say is added by itself, and does it.
  if (own && creates(own.key)) return [];
  const keys = partsOf(to, column.parent ?? '', 'constraint').filter(
    ({attributes}) => attributes.type === 'primary key',
  );
  if (keys.some(({key, attributes}) => creates(key) && attributes.columns?.includes(column.name))) return [];
  const alter = `ALTER TABLE ${parentName(column)}`;
  const name = quoteWhereNeeded(column.name);
  const set = `${alter} ALTER COLUMN ${name} SET NOT NULL`;
  const table = to.objects.get(column.parent ?? '');
  const foreign = table?.kind === 'table' && table.attributes.server !== undefined;
  const note = 'Fails while there are rows without a value.';
  if (!safe || foreign || creates(column.parent ?? '')) return [{sql: set, note}];
  const check = quoteWhereNeeded(shortened(column.name, '_is_not_null'));
  const add = `${alter} ADD CONSTRAINT ${check} CHECK (${name} IS NOT NULL) NOT VALID`;
  const drop = `${alter} DROP CONSTRAINT ${check}`;
  return [
    {sql: add, note: 'Proves NOT NULL without a long lock; it goes again at the end.', undo: [drop]},
    {sql: `${alter} VALIDATE CONSTRAINT ${check}`, apart: true, note, undo: []},
    {sql: set, apart: true, undo: [`${alter} ALTER COLUMN ${name} DROP NOT NULL`]},
    {sql: drop, apart: true, undo: [add]},
  ];
}

export function dropNotNull(column: Column, {from, drops}: WriteContext): readonly Written[] {
  const own = notNullOf(column, from);
  if (own && drops(own.key)) return [];
  return [
    {sql: `ALTER TABLE ${parentName(column)} ALTER COLUMN ${quoteWhereNeeded(column.name)} DROP NOT NULL`},
  ];
}

/** @returns the NOT NULL constraint of a column that is an object of its own. */
export function notNullOf(column: Column, snapshot: SchemaSnapshot): ObjectOf<'constraint'> | undefined {
  return partsOf(snapshot, column.parent ?? '', 'constraint').find(
    ({attributes}) => attributes.type === 'not null' && attributes.columns?.[0] === column.name,
  );
}

/** PostgreSQL cuts names after 63 bytes. */
function shortened(name: string, ending: string): string {
  let short = name;
  while (encodeURIComponent(short + ending).replace(/%../g, '_').length > 63) short = short.slice(0, -1);
  return short + ending;
}
