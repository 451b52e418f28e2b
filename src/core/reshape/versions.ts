import type {FrameworkId} from '../migrations/migration.ts';

/** Tools that order files by their names, in which `10` comes before `9`. */
const byName: readonly FrameworkId[] = ['dbmate', 'prisma', 'node-pg-migrate'];

/**
 * @param labels of the old history, in order
 * @returns the versions under which the other tool has the same migrations in the same order: the same numbers, wider
 *   where names are ordered as text. Undefined where they are no numbers in ascending order: then the tool makes new ones
 * @example
 * versionsFor(['1', '2', '10'], 'dbmate'); // ['01', '02', '10']
 */
export function versionsFor(labels: readonly string[], tool: FrameworkId): readonly string[] | undefined {
  if (!labels.every(label => /^\d{1,18}$/.test(label))) return undefined;
  const numbers = labels.map(BigInt);
  const ascending = numbers.every((number, index) => number > (numbers[index - 1] ?? 0n));
  if (!ascending) return undefined;
  if (!byName.includes(tool)) return labels;
  const width = Math.max(...labels.map(({length}) => length));
  return labels.map(label => label.padStart(width, '0'));
}

/**
 * @param path of a file, or of a file in a folder of its own, as a tool names it
 * @returns the path with another version
 */
export function withVersion(path: string, version: string): string {
  const own = /[\\/][^\\/]+[\\/]migration\.sql$/.test(path) ? 2 : 1;
  const parts = path.split(/(?<=[\\/])/);
  const at = parts.length - own;
  return parts.map((part, index) => (index === at ? part.replace(/\d[\d.]*/, version) : part)).join('');
}
