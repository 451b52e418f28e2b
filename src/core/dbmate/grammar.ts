/** What dbmate reads from a file name. */
export interface ParsedName {
  /** The leading digits as they are written: `01` and `1` are two versions. */
  readonly version: string;
  readonly title: string;
}

/**
 * Go's dot stops at a line feed only, hence `[^\n]`.
 * Source: https://github.com/amacneil/dbmate/blob/main/pkg/dbmate/db.go
 */
const grammar = /^([0-9]+)([^\n]*)\.sql$/;

/** @returns undefined for a name that the tool passes over without a word */
export function parseName(name: string): ParsedName | undefined {
  const [, version, rest] = grammar.exec(name) ?? [];
  if (version === undefined || rest === undefined) return undefined;
  return {version, title: rest.replace(/^[_-]+/, '')};
}

/** Orders file names as the tool does: as text, so that `10_b.sql` runs before `9_a.sql`. */
export function compareNames(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
