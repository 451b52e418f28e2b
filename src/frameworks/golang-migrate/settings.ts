import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {ProjectOptions} from '../framework.ts';

/** The tool's own parameters, as its address carries them. */
export interface Settings {
  /** One literal name, unless it was given quoted. */
  readonly table: string;
  /** Only a quoted name can carry one; otherwise it is the session's CURRENT_SCHEMA(). */
  readonly schema?: string;
  readonly multiStatement: boolean;
  /** Bytes. */
  readonly multiStatementMaxSize: number;
  readonly lock: boolean;
  /** Milliseconds; 0 for none. */
  readonly statementTimeout: number;
}

const defaultMaxSize = 10 * 1024 * 1024;

/**
 * Reads `x-migrations-table`, `x-migrations-table-quoted`, `x-multi-statement`, `x-multi-statement-max-size`,
 * `x-statement-timeout` and `x-no-lock` as the tool does. Failures: `invalid-input`, where the tool fails as well.
 * Source: https://github.com/golang-migrate/migrate/tree/v4.19.0/database/postgres
 */
export function parseSettings(options: ProjectOptions): Outcome<Settings> {
  const quoted = flagOf(options, 'x-migrations-table-quoted');
  const multiStatement = flagOf(options, 'x-multi-statement');
  const noLock = flagOf(options, 'x-no-lock');
  const maxSize = numberOf(options, 'x-multi-statement-max-size');
  const timeout = numberOf(options, 'x-statement-timeout');
  if (!quoted.ok) return quoted;
  if (!multiStatement.ok) return multiStatement;
  if (!noLock.ok) return noLock;
  if (!maxSize.ok) return maxSize;
  if (!timeout.ok) return timeout;
  const name = tableOf(options['x-migrations-table'] ?? '', quoted.value);
  if (!name.ok) return name;
  return ok({
    ...name.value,
    multiStatement: multiStatement.value,
    multiStatementMaxSize: maxSize.value > 0 ? maxSize.value : defaultMaxSize,
    lock: !noLock.value,
    statementTimeout: Math.max(0, timeout.value),
  });
}

function tableOf(text: string, quoted: boolean): Outcome<Pick<Settings, 'table' | 'schema'>> {
  if (text === '' && !quoted) return ok({table: 'schema_migrations'});
  if (!quoted) return ok({table: text});
  const names = [...text.matchAll(/"(.*?)"/g)].map(([, name]) => name ?? '');
  const table = names.at(-1);
  if (!text.startsWith('"') || !text.endsWith('"') || table === undefined || names.length > 2)
    return fail(
      'invalid-input',
      'x-migrations-table-quoted is on, but x-migrations-table is not one or two names in double quotes.',
      {advice: 'Write it as "table" or "schema"."table".'},
    );
  const [schema] = names;
  return ok(names.length === 2 && schema !== undefined ? {table, schema} : {table});
}

/** The spellings that Go's `strconv.ParseBool` takes. */
const flags: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map(text => [text, true]),
  ...['', '0', 'f', 'F', 'FALSE', 'false', 'False'].map(text => [text, false]),
]);

function flagOf(options: ProjectOptions, key: string): Outcome<boolean> {
  const flag = flags[options[key] ?? ''];
  return flag === undefined ? invalid(key, 'true or false') : ok(flag);
}

function numberOf(options: ProjectOptions, key: string): Outcome<number> {
  const text = options[key] ?? '';
  if (text === '') return ok(0);
  return /^[+-]?\d{1,15}$/.test(text) ? ok(Number(text)) : invalid(key, 'a whole number');
}

function invalid(key: string, wanted: string): Outcome<never> {
  return fail('invalid-input', `${key} is not ${wanted}.`, {
    advice: 'Correct it in the connection’s address or in the settings.',
  });
}
