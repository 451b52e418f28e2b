import {matcherOf} from '../glob.ts';

/** Where the files of a pattern are, and which they are. */
export interface FileGlob {
  /** The folder that all of them are in, as the pattern writes it; empty for the folder where the tool is started. */
  readonly base: string;
  /** How many folders below `base` they can be in. */
  readonly depth: number;
  /** @param path relative to `base`, with slashes */
  readonly matches: (path: string) => boolean;
}

/** `!(a)`, `+(a|b)`, `[[:digit:]]`, `{1..3}` and names that begin with a dot, which need more than a few rules. */
const beyond = /[!@+*?]\(|\[\[:|\{[^{},]*\.\.[^{},]*\}|\\|(?:^|\/)\.(?!\.?\/)/;

/**
 * Reads the pattern of `--use-glob`.
 * @returns nothing for one with forms that are not read here
 * Source: https://github.com/isaacs/node-glob#glob-primer
 */
export function fileGlobOf(pattern: string): FileGlob | undefined {
  const plain = withoutDot(pattern);
  if (beyond.test(plain)) return undefined;
  const segments = plain.split('/');
  const first = segments.findIndex(segment => /[*?[{]/.test(segment));
  const fixed = segments.slice(0, first < 0 ? -1 : first);
  const rest = segments.slice(fixed.length).join('/');
  return {
    base: fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/'),
    depth: rest.includes('**') ? Number.POSITIVE_INFINITY : rest.split('/').length - 1,
    matches: matcherOf(rest),
  };
}

/**
 * @param pattern of `--ignore-pattern` beside `--use-glob`; without one nothing is passed over
 * @returns whether a path, relative or absolute, is passed over; nothing for forms that are not read here
 */
export function ignoredByGlob(
  pattern: string | undefined,
): ((relative: string, absolute: string) => boolean) | undefined {
  if (pattern === undefined || pattern === '') return () => false;
  const plain = withoutDot(pattern);
  if (beyond.test(plain)) return undefined;
  const matches = matcherOf(plain);
  return (relative, absolute) => matches(relative) || matches(absolute);
}

function withoutDot(pattern: string): string {
  return pattern.replace(/^(?:\.\/)+/, '');
}
