import {written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';

interface Migration {
  readonly title: string;
  readonly up: string;
  readonly down: string;
}

/** PostgreSQL cuts names after 63 bytes. */
const longest = 40;

/**
 * @returns three migrations that make columns NOT NULL without reading the table under an ACCESS EXCLUSIVE lock: SET NOT
 *   NULL believes a CHECK constraint that is valid
 * Source: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
 */
export function notNullMigrations(table: QualifiedName, columns: readonly string[]): readonly Migration[] {
  const on = `ALTER TABLE ${written(table)}`;
  const constraints = columns.map((column, index) => ({
    column: quoteWhereNeeded(column),
    name: quoteWhereNeeded(`${table.name.slice(0, longest)}_not_null_${index + 1}`),
  }));
  const add = constraints.map(
    ({column, name}) => `${on} ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID;`,
  );
  const validate = constraints.map(({name}) => `${on} VALIDATE CONSTRAINT ${name};`);
  const drop = constraints.map(({name}) => `${on} DROP CONSTRAINT ${name};`);
  const of = (verb: string): readonly string[] =>
    constraints.map(({column}) => `${on} ALTER COLUMN ${column} ${verb} NOT NULL;`);
  return [
    {title: `Check new rows of ${table.name} for NULL`, up: add.join('\n'), down: drop.join('\n')},
    {
      title: `Check all rows of ${table.name} for NULL`,
      up: validate.join('\n'),
      down: '-- A constraint that was validated holds for all rows, so there is nothing to undo.\nSELECT 1;',
    },
    {
      title: `Make columns of ${table.name} NOT NULL`,
      up: [...of('SET'), ...drop].join('\n'),
      down: [...add, ...validate, ...of('DROP')].join('\n'),
    },
  ];
}
