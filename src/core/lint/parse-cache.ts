import type {Parser} from '../sql/parser.ts';
import {offsetOfPosition} from '../sql/positions.ts';
import {isDeep} from './engine/depth.ts';
import {makeStatement} from './make-statement.ts';
import type {LintStatement} from './statement.ts';

/** A statement with where it begins in the text that it is of. */
export interface StatementAt {
  readonly statement: LintStatement;
  readonly start: number;
}

/** What the parser says of a text. */
export interface Parsed {
  /** Without those whose trees are thousands of levels deep. */
  readonly statements: readonly StatementAt[];
  /** The parser's own message, and the offset that it names. */
  readonly error?: {readonly offset: number; readonly message: string};
}

/** Remembers what was parsed by its text, so that an edit parses only what it changed. */
export interface ParseCache {
  /** @returns nothing for a text that has to be parsed first */
  known(sql: string): Parsed | undefined;
  parse(sql: string): Promise<Parsed>;
}

/** Characters; their syntax trees take about thirty times as many bytes. */
const defaultLimit = 2_000_000;

/** A parenthesis that is not closed yet makes one statement of the rest of a file, for as long as somebody writes. */
const longestRefused = 20_000;

/** @param limit how many characters of statements are kept, those that were not asked for the longest go first */
export function createParseCache(
  parser: Parser,
  {limit = defaultLimit}: {readonly limit?: number} = {},
): ParseCache {
  const kept = new Map<string, Parsed>();
  let size = 0;
  const keep = (sql: string, parsed: Parsed): Parsed => {
    size += sql.length - (kept.delete(sql) ? sql.length : 0);
    kept.set(sql, parsed);
    for (const [oldest] of kept) {
      if (size <= limit || oldest === sql) break;
      kept.delete(oldest);
      size -= oldest.length;
    }
    return parsed;
  };
  const known = (sql: string): Parsed | undefined => {
    const parsed = kept.get(sql);
    return parsed && keep(sql, parsed);
  };
  const read = async (sql: string): Promise<Parsed> => {
    const parsed = await parse(parser, sql);
    return parsed.error && sql.length > longestRefused ? parsed : keep(sql, parsed);
  };
  return {known, parse: async sql => known(sql) ?? (await read(sql))};
}

const splitStrings = /(?<=')(?:\s*--[^\r\n]*[\r\n])+\s*(?=')/g;

/** An expression of many thousand terms is deeper than the stack; PostgreSQL’s own is larger. */
function tooDeep(error: unknown): undefined {
  if (error instanceof RangeError) return undefined;
  throw error;
}

function blanked(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}

async function parse(parser: Parser, sql: string): Promise<Parsed> {
  const parsed = await parser.parse(sql).catch(tooDeep);
  if (!parsed) return {statements: []};
  // PostgreSQL goes on with a string behind a comment, and the library does not.
  const joined = parsed.ok ? sql : sql.replace(splitStrings, blanked);
  if (joined !== sql) return parse(parser, joined);
  if (parsed.ok)
    return {
      statements: parsed.value
        .filter(({node}) => !isDeep(sql, node))
        .map(each => ({statement: makeStatement(sql, each), start: each.start})),
    };
  const {message, server} = parsed.failure;
  return {statements: [], error: {offset: offsetOfPosition(sql, server?.position ?? 1), message}};
}
