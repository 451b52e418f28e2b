/** What the tool makes of a file: sent as it is, run as a program, or loaded as a program in vain. */
export type FileKind = 'sql' | 'program' | 'other';

const programs = new Set(['.js', '.ts', '.cjs', '.mjs', '.cts', '.mts']);

/** @returns how the tool loads a file of that name; an extension that it does not know is loaded as a program as well */
export function kindOf(fileName: string): FileKind {
  const extension = extensionOf(fileName).toLowerCase();
  if (extension === '.sql') return 'sql';
  return programs.has(extension) && !/\.d\.[cm]?ts$/i.test(fileName) ? 'program' : 'other';
}

/** @returns the name under which a migration is recorded: the file's without its last extension */
export function recordedName(fileName: string): string {
  const extension = extensionOf(fileName);
  return extension === '' ? fileName : fileName.slice(0, -extension.length);
}

/** As `path.extname`: none for a name that begins with its only dot. */
function extensionOf(fileName: string): string {
  return /[^.](\.[^.]*)$/.exec(fileName)?.[1] ?? '';
}

/** @returns the digits that a name begins with; empty where the tool cannot order the file */
export function prefixOf(name: string): string {
  return /^\d+/.exec(name)?.[0] ?? '';
}

/** @returns what the tool shows behind the prefix */
export function titleOf(name: string): string {
  return name.slice(prefixOf(name).length).replace(/^[_-]/, '');
}

/** 17 digits are a moment in UTC to the millisecond, and count as milliseconds since 1970; all others as they are. */
function placeOf(name: string): number {
  const prefix = prefixOf(name);
  if (prefix.length !== 17) return prefix === '' ? Number.NaN : Number(prefix);
  const [year, month, day, hour, minute, second, millisecond] =
    /(.{4})(..)(..)(..)(..)(..)(...)/.exec(prefix)?.slice(1) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
}

/**
 * Orders two file names as the tool does: by the number they begin with, and those with the same number as words in
 * which numbers count and punctuation does not.
 * Source: https://github.com/salsita/node-pg-migrate/blob/main/src/utils/comparators.ts
 */
export function compareFileNames(one: string, other: string): number {
  // What is no date makes it NaN, which leaves it to the words as well.
  return placeOf(one) - placeOf(other) || collator().compare(one, other);
}

let words: Intl.Collator | undefined;

/** One for all, because making one takes longer than thousands of comparisons. */
function collator(): Intl.Collator {
  words ??= new Intl.Collator(undefined, {
    usage: 'sort',
    numeric: true,
    sensitivity: 'variant',
    ignorePunctuation: true,
  });
  return words;
}

/**
 * @param pattern the tool's `ignore-pattern`; without one, names that begin with a dot are passed over
 * @returns whether the tool passes a file over; undefined where the pattern is no regular expression
 */
export function ignoredBy(pattern: string | undefined): ((fileName: string) => boolean) | undefined {
  try {
    const regex = new RegExp(pattern === undefined || pattern === '' ? String.raw`^\..*` : `^${pattern}$`);
    return fileName => regex.test(fileName);
  } catch {
    return undefined;
  }
}
