import type {Direction} from '../migrations/migration.ts';

/** What golang-migrate reads from a file name. */
export interface ParsedName {
  readonly version: bigint;
  /** The digits as they are written, such as `000012`. */
  readonly label: string;
  /** The tool calls it the identifier; may be empty. */
  readonly title: string;
  readonly direction: Direction;
  /** May be empty. */
  readonly extension: string;
}

/** `source/parse.go` of golang-migrate 4.19; Go's dot stops at a line feed only, hence `[^\n]`. */
const grammar = /^([0-9]+)_([^\n]*)\.(down|up)\.([^\n]*)$/;

const largestUint64 = 18_446_744_073_709_551_615n;

/** The largest version that fits the `bigint` column and Go's `int`. */
export const largestVersion = 9_223_372_036_854_775_807n;

/** @returns undefined for a name that the tool passes over without a word, also for a number beyond uint64. */
export function parseName(name: string): ParsedName | undefined {
  const [, label, title, direction, extension] = grammar.exec(name) ?? [];
  if (label === undefined || title === undefined || extension === undefined) return undefined;
  const version = BigInt(label);
  if (version > largestUint64) return undefined;
  return {version, label, title, direction: direction === 'up' ? 'up' : 'down', extension};
}

/** Orders two ids (versions in canonical text) by number. */
export function compareIds(one: string, other: string): number {
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
