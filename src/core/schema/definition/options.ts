import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Options} from '../attributes.ts';
import {literal} from './names.ts';

/** @returns `fillfactor=70, toast.autovacuum_enabled=false`, as WITH and SET take storage parameters. */
export function storageOptions(options: Options = {}, prefix = ''): string {
  return sorted(options)
    .map(
      ([name, value]) => `${prefix}${quoteWhereNeeded(name)}=${plain.test(value) ? value : literal(value)}`,
    )
    .join(', ');
}

/** @returns `host 'db', port '5432'`, as OPTIONS takes them. */
export function foreignOptions(options: Options = {}): string {
  return sorted(options)
    .map(([name, value]) => `${quoteWhereNeeded(name)} ${literal(value)}`)
    .join(', ');
}

/** @returns the value of a setting as ALTER … SET takes it: a list stays a list of strings. */
export function settingValue(name: string, value: string): string {
  if (!listSettings.has(name.toLowerCase())) return literal(value);
  // The catalog holds a list as text: "$user", public. An empty one is ''.
  const parts = value.match(/"(?:[^"]|"")*"|[^,\s][^,]*/g) ?? [];
  const names = parts.map(part =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.trim(),
  );
  return names.length === 0 ? "''" : names.map(literal).join(', ');
}

/** A name with a dot is an extension's setting. */
export function settingName(name: string): string {
  return name.split('.').map(quoteWhereNeeded).join('.');
}

export function sorted<T>(values: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const plain = /^(-?\d+(\.\d+)?|true|false|on|off|auto)$/;

/**
 * Settings of PostgreSQL itself whose value is a list of names (GUC_LIST_QUOTE): one string would be one name.
 * Source: `GUC_LIST_QUOTE` in https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/utils/misc/guc_tables.c
 */
const listSettings = new Set([
  'search_path',
  'temp_tablespaces',
  'session_preload_libraries',
  'shared_preload_libraries',
  'local_preload_libraries',
  'unix_socket_directories',
]);
