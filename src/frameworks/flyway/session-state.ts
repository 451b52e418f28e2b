import type {Settings} from '../../core/flyway/settings.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {Course} from './transaction.ts';

/**
 * Each migration begins with the role and the search path of the connection, whatever the one before it has set; with a
 * schema of the configuration in front.
 */
export function beginText(
  schema: string,
  settings: Pick<Settings, 'schema' | 'group'>,
  course: Course,
): string {
  const path =
    settings.schema === undefined
      ? []
      : [
          `SELECT pg_catalog.set_config('search_path', concat_ws(',', ${literalName(schema)}, nullif(current_setting('search_path'), '')), false);`,
        ];
  const begin = course.kind === 'transaction' && !settings.group ? ['BEGIN;'] : [];
  return ['RESET ROLE;', 'RESET search_path;', ...path, ...begin].join('\n');
}

function literalName(schema: string): string {
  return `'${quoteIdentifier(schema).replaceAll("'", "''")}'`;
}
