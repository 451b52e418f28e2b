import {resolve} from 'node:path';
import type {ProjectOptions} from '../framework.ts';
import {dotenvIn} from '../shared/dotenv-values.ts';

/** Where a project is and what its scripts say of it. */
export interface Place {
  /** Where the tool is run: relative paths start here, and its `.env` is read. */
  readonly root: string;
  /** Absolute paths of the folders of migrations; new ones go to the first. */
  readonly folders: readonly string[];
  /** Flags of the project's own scripts, by their names without the dashes. */
  readonly flags: Readonly<Record<string, string>>;
}

/** The tool's own settings, as it finds them. */
export interface Settings {
  /** As it is written: `schema_migrations`, or with a schema before a dot. */
  readonly table: string;
  /** Absolute. */
  readonly schemaFile: string;
  readonly dumpSchema: boolean;
  /** Refuses what would be applied behind a newer version. */
  readonly strict: boolean;
}

/**
 * What the user's settings say comes first, then the flags of the project's scripts, then its `.env`.
 * @param options the tool's flags without the dashes: `migrations-table`, `schema-file`, `no-dump-schema`, `strict`
 */
export async function readSettings({root, flags}: Place, options: ProjectOptions): Promise<Settings> {
  const env = await dotenvIn(root);
  const find = (flag: string, variable: string): string =>
    options[flag] ?? flags[flag] ?? env[variable] ?? '';
  return {
    table: find('migrations-table', 'DBMATE_MIGRATIONS_TABLE') || 'schema_migrations',
    schemaFile: resolve(root, find('schema-file', 'DBMATE_SCHEMA_FILE') || 'db/schema.sql'),
    dumpSchema: !isOn(find('no-dump-schema', 'DBMATE_NO_DUMP_SCHEMA')),
    strict: isOn(find('strict', 'DBMATE_STRICT')),
  };
}

/** As Go's `strconv.ParseBool` reads it. */
function isOn(text: string): boolean {
  return /^(?:1|t|true)$/i.test(text);
}
