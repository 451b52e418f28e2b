import {foreignKeyDefinition} from '../indexes/foreign-key-definition.ts';
import {serverName, serverQuote} from '../indexes/server-quote.ts';
import type {Action} from '../finding.ts';
import type {ForeignKeyRow} from '../parts/indexes.ts';
import type {OwnKey} from './foreign-key-words.ts';

/**
 * @param change what the key is to be instead
 * @returns migrations that put another key in the place of this one: first for new rows, then for all, which fails at a
 *   row that breaks it. Nothing for partitioned tables, which take no key that is NOT VALID before PostgreSQL 18
 */
export function replaceForeignKey(
  {key, table}: OwnKey,
  title: string,
  change: Partial<Pick<ForeignKeyRow, 'match' | 'referencesSchema'>>,
): readonly Action[] {
  if (table.kind === 'partitioned-table') return [];
  const on = `ALTER TABLE ${serverName(table)}`;
  const name = serverQuote(key.name);
  const replace = (definition: string): string =>
    `${on} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${definition};`;
  const migrations = [
    {
      title,
      up: replace(foreignKeyDefinition({...key, ...change, validated: false})),
      down: replace(foreignKeyDefinition(key)),
    },
    {
      title: `Validate ${key.name}`,
      up: `${on} VALIDATE CONSTRAINT ${name};`,
      down: '-- A constraint that was validated holds for all rows, so there is nothing to undo.\nSELECT 1;',
    },
  ];
  return [{kind: 'migration', title, migrations}];
}
