import type {TableRow} from './parts/tables.ts';
import {sqlName} from './words.ts';

/** Both ways of giving a table storage parameters. */
export interface OptionsChange {
  readonly up: string;
  readonly down: string;
}

/**
 * @param values by name, as SQL takes them
 * @returns the statements that set them, and that make them what they were. Neither waits for readers or writers.
 */
export function setOptions(row: TableRow, values: Readonly<Record<string, string>>): OptionsChange {
  const table = `ALTER TABLE ${sqlName(row)}`;
  const before = new Map((row.options ?? []).map(option => [nameOf(option), option]));
  const names = Object.keys(values);
  const kept = names.flatMap(name => before.get(name)?.replace('=', ' = ') ?? []);
  const unset = names.filter(name => !before.has(name));
  return {
    up: `${table} SET (${names.map(name => `${name} = ${values[name]}`).join(', ')});`,
    down: [
      ...(kept.length === 0 ? [] : [`${table} SET (${kept.join(', ')});`]),
      ...(unset.length === 0 ? [] : [`${table} RESET (${unset.join(', ')});`]),
    ].join('\n'),
  };
}

function nameOf(option: string): string {
  return option.slice(0, option.indexOf('='));
}
