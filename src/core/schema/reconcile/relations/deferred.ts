import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import {leadsTo} from './inline.ts';

/** Whether a default has to wait until its table is there, because what it calls needs the table. */
export function isDeferredDefault(column: ObjectOf<'column'>, to: SchemaSnapshot): boolean {
  return column.attributes.default !== undefined && leadsTo(column.key, column.parent ?? '', to);
}
