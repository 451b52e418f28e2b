import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {parentKind, parentName, targetOf} from '../../definition/names.ts';
import {writeCommon} from '../objects/common.ts';
import type {Changed, WriteContext, Written} from '../writer.ts';
import {optionChanges} from './options.ts';

/** @returns what is set for a column of a view or materialized view; the rest follows from the view's definition. */
export function changeViewColumn(
  {before, after, attributes}: Changed<'column'>,
  context: WriteContext,
  {common = true} = {},
): readonly Written[] {
  const kind = parentKind(after.parent ?? '').toUpperCase();
  const alter = `ALTER ${kind} ${parentName(after)} ALTER COLUMN ${quoteWhereNeeded(after.name)}`;
  const {default: value, statistics, storage, options} = after.attributes;
  return [
    ...(attributes.has('default')
      ? [{sql: `${alter} ${value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${value}`}`}]
      : []),
    ...(attributes.has('statistics') ? [{sql: `${alter} SET STATISTICS ${statistics ?? -1}`}] : []),
    ...(attributes.has('storage') && storage !== undefined
      ? [{sql: `${alter} SET STORAGE ${storage.toUpperCase()}`}]
      : []),
    ...(attributes.has('options') ? optionChanges(alter, before.attributes.options, options) : []),
    ...(common
      ? writeCommon(
          targetOf(after),
          {before: before.attributes, after: after.attributes, attributes},
          context,
        )
      : []),
  ];
}
