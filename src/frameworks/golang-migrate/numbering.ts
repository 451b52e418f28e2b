import {parseName, type ParsedName} from '../../core/golang-migrate/grammar.ts';

/** How a project numbers its migrations, told from its last file. */
type Habit =
  | {readonly kind: 'sequence'; readonly digits: number}
  | {readonly kind: 'timestamp'}
  | {readonly kind: 'unix-seconds'}
  | {readonly kind: 'unix-nanoseconds'};

/**
 * The number of the next migration, always behind the last one, because the tool never runs an older file. Continues
 * the project's habit; a project without files gets the tool's own default, a UTC timestamp.
 * @param names all file names in the folder
 * @returns the digits for the file name
 */
export function nextLabel(names: readonly string[], now: Date): string {
  const files = names.flatMap(name => parseName(name) ?? []);
  const last = files.reduce<ParsedName | undefined>(
    (latest, file) => (latest === undefined || file.version > latest.version ? file : latest),
    undefined,
  );
  if (last === undefined) return timestamp(now);
  const habit = habitOf(last, files);
  switch (habit.kind) {
    case 'sequence':
      return (last.version + 1n).toString().padStart(habit.digits, '0');
    case 'timestamp':
      return later(timestamp(now), last, () => timestamp(secondAfter(last.label)));
    case 'unix-seconds':
      return later(Math.floor(now.getTime() / 1000).toString(), last, () => (last.version + 1n).toString());
    case 'unix-nanoseconds':
      return later(`${now.getTime()}000000`, last, () => (last.version + 1n).toString());
    default:
      return habit satisfies never;
  }
}

/** @returns the extension of the last file, such as `sql`; a project's habit as well. */
export function usualExtension(names: readonly string[]): string {
  return names.flatMap(name => parseName(name) ?? []).at(-1)?.extension ?? 'sql';
}

function habitOf(last: ParsedName, files: readonly ParsedName[]): Habit {
  const {label} = last;
  if (/^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(label))
    return {kind: 'timestamp'};
  if (/^[1-4]\d{9}$/.test(label)) return {kind: 'unix-seconds'};
  if (/^[1-4]\d{18}$/.test(label)) return {kind: 'unix-nanoseconds'};
  const padded = files.some(file => file.label.startsWith('0'));
  return {kind: 'sequence', digits: padded ? label.length : 0};
}

function later(label: string, last: ParsedName, otherwise: () => string): string {
  return BigInt(label) > last.version ? label : otherwise();
}

function timestamp(date: Date): string {
  return date.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}

function secondAfter(label: string): Date {
  const [year, month, day, hour, minute, second] = /(.{4})(..)(..)(..)(..)(..)/.exec(label)?.slice(1) ?? [];
  return new Date(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + 1000);
}
