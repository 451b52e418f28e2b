/** Values by the tool's own names, such as `migrations-table`. */
export type RawSettings = ReadonlyMap<string, readonly string[]>;

type Accepts = (value: unknown) => boolean;

const isText: Accepts = value => typeof value === 'string';
const isBoolean: Accepts = value => typeof value === 'boolean';
const isOneOf =
  (...words: readonly string[]): Accepts =>
  value =>
    typeof value === 'string' && words.includes(value);

/**
 * What the tool takes from a config file, and in which form; anything else in it is passed over without a word.
 * Source: https://github.com/salsita/node-pg-migrate/blob/main/bin/node-pg-migrate.ts, `readJson`
 */
const accepted: Readonly<Record<string, Accepts>> = {
  schema: value => Array.isArray(value) || (typeof value === 'string' && value !== ''),
  'create-schema': isBoolean,
  'use-glob': isBoolean,
  'migrations-dir': isText,
  'migrations-schema': isText,
  'create-migrations-schema': isBoolean,
  'migrations-table': isText,
  'migration-file-language': isOneOf('js', 'ts', 'sql', 'cjs', 'mjs', 'cts', 'mts'),
  'migration-filename-format': isOneOf('timestamp', 'utc', 'index'),
  'template-file-name': isText,
  'ignore-pattern': isText,
  'check-order': isBoolean,
  decamelize: isBoolean,
  'tsconfig-paths': value => isText(value) || isBoolean(value),
};

/**
 * @param section what a config file has for the tool; an address or a connection is none of ours
 * @returns its settings, and nothing of how it connects
 */
export function settingsIn(section: unknown): RawSettings {
  if (typeof section !== 'object' || section === null) return new Map();
  return new Map(
    Object.entries(section).flatMap(([name, value]) =>
      accepted[name]?.(value) === true ? [[name, valuesOf(value)] as const] : [],
    ),
  );
}

function valuesOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap(each =>
    typeof each === 'string' || typeof each === 'boolean' ? [String(each)] : [],
  );
}
