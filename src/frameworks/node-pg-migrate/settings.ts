import type {RawSettings} from '../../core/node-pg-migrate/config.ts';
import type {PrefixFormat} from '../../core/node-pg-migrate/new-name.ts';
import type {ProjectOptions} from '../framework.ts';

/** What the tool's own settings say, whether they stand in a script of package.json or in a config file. */
export interface Settings {
  /** The `search_path` of a run; the bookkeeping lies in the first unless `migrationsSchema` says otherwise. */
  readonly schemas: readonly string[];
  readonly createSchema: boolean;
  readonly table: string;
  readonly migrationsSchema?: string;
  readonly createMigrationsSchema: boolean;
  readonly ignorePattern?: string;
  readonly checkOrder: boolean;
  /** One transaction for a whole run; without it each migration has one of its own. */
  readonly singleTransaction: boolean;
  readonly lock: boolean;
  readonly lockValue: bigint;
  readonly decamelize: boolean;
  /** For programs: `true`, or the path of a tsconfig.json. */
  readonly tsconfigPaths?: string;
  readonly language?: string;
  readonly format?: PrefixFormat;
}

/** `PG_MIGRATE_LOCK_ID` of the tool. */
const lockId = 7_241_865_325_823_964n;

/** What begins the names of this tool's settings among all of a connection. */
const optionPrefix = 'node-pg-migrate.';

/** @param options the user's word, such as `node-pg-migrate.migrations-table`; it comes before what the project says */
export function settingsOf(raw: RawSettings, options: ProjectOptions = {}): Settings {
  const all = (name: string): readonly string[] => {
    const chosen = options[optionPrefix + name];
    return chosen === undefined ? (raw.get(name) ?? []) : chosen.split(/\s*,\s*/);
  };
  const text = (name: string): string | undefined => all(name).find(value => value !== '');
  const flag = (name: string, fallback: boolean): boolean => {
    const value = text(name);
    return value === undefined ? fallback : value !== 'false';
  };
  const schemas = all('schema').filter(schema => schema !== '');
  return {
    schemas: schemas.length === 0 ? ['public'] : schemas,
    createSchema: flag('create-schema', false),
    table: text('migrations-table') ?? 'pgmigrations',
    ...some('migrationsSchema', text('migrations-schema')),
    createMigrationsSchema: flag('create-migrations-schema', false),
    ...some('ignorePattern', text('ignore-pattern')),
    checkOrder: flag('check-order', true),
    singleTransaction: flag('single-transaction', true),
    lock: flag('lock', true),
    lockValue: wholeNumber(text('lock-value')) ?? lockId,
    decamelize: flag('decamelize', false),
    ...some('tsconfigPaths', notFalse(text('tsconfig-paths'))),
    ...some('language', text('migration-file-language')),
    ...some('format', formatOf(text('migration-filename-format'))),
  };
}

/** @returns where the bookkeeping lies */
export function bookkeepingSchema({migrationsSchema, schemas}: Settings): string {
  return migrationsSchema ?? schemas[0] ?? 'public';
}

function some<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): {readonly [Key in Name]?: Value} {
  const entry: {[Key in Name]?: Value} = {};
  if (value !== undefined) entry[name] = value;
  return entry;
}

function wholeNumber(text: string | undefined): bigint | undefined {
  return text !== undefined && /^-?\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}

function notFalse(text: string | undefined): string | undefined {
  return text === 'false' ? undefined : text;
}

function formatOf(text: string | undefined): PrefixFormat | undefined {
  return text === 'timestamp' || text === 'utc' || text === 'index' ? text : undefined;
}
