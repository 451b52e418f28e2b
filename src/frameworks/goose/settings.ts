import type {ProjectOptions} from '../framework.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {dotenvIn} from '../shared/dotenv-values.ts';

/** Where a project is and what its scripts say of it. */
export interface Place {
  /** Where the tool is run: its `.env` is read. */
  readonly root: string;
  /** Absolute path of the folder of migrations. */
  readonly folder: string;
  /** The file of variables, relative to `root`: `.env` when absent, none for `none`. */
  readonly envFile?: string;
  /** Flags of the project's own scripts, by their names without the dashes. */
  readonly flags: Readonly<Record<string, string>>;
}

/** The tool's own settings, as it finds them. */
export interface Settings {
  /** As it stands in the tool's statements, which quote nothing. */
  readonly table: string;
  /** Applies what is older than a version that is applied. */
  readonly allowMissing: boolean;
  /** What ENVSUB puts in. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const part = String.raw`(?:[\p{L}_][\p{L}\p{N}_$]*|"(?:[^"]|"")+")`;
const tableName = new RegExp(String.raw`^${part}(?:\.${part})?$`, 'u');

/**
 * What the user's settings say comes first, then the flags of the project's scripts, then its `.env`.
 * @param options the tool's flags without the dashes: `table`, `allow-missing`
 * Failures: `invalid-input`
 */
export async function readSettings(
  {root, flags, envFile = '.env'}: Place,
  options: ProjectOptions,
): Promise<Outcome<Settings>> {
  const env = envFile === 'none' ? {} : await dotenvIn(root, envFile);
  const table = (options['table'] ?? flags['table'] ?? env['GOOSE_TABLE'] ?? '') || 'goose_db_version';
  if (!tableName.test(table))
    return fail('invalid-input', `${table} is not the name of a table.`, {
      advice: 'Correct GOOSE_TABLE in .env, or -table in the project’s scripts.',
    });
  const allowMissing = (options['allow-missing'] ?? flags['allow-missing']) === 'true';
  return ok({table, allowMissing, variables: {...env, ...process.env}});
}
