import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {ObjectOf} from '../objects.ts';
import {schemaName} from './names.ts';
import {sorted, storageOptions} from './options.ts';

/** @returns the statement that makes it, and what it cannot say; of a constraint's index only the latter. */
export function indexStatements(index: ObjectOf<'index'>): readonly string[] {
  const {definition, statistics, tablespace, options} = index.attributes;
  const name = schemaName(index);
  const alter = `ALTER INDEX ${name}`;
  return [
    ...(definition === undefined ? [] : [definition]),
    ...(definition === undefined && options ? [`${alter} SET (${storageOptions(options)})`] : []),
    ...(tablespace === undefined ? [] : [`${alter} SET TABLESPACE ${quoteWhereNeeded(tablespace)}`]),
    ...sorted(statistics ?? {}).map(
      ([key, target]) => `${alter} ALTER COLUMN ${key} SET STATISTICS ${target}`,
    ),
  ];
}
