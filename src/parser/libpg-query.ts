import type * as LibPgQuery from 'libpg-query';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {afterBlank} from '../core/sql/blank.ts';
import type {Parser, Statement, SyntaxNode, Token} from '../core/sql/parser.ts';
import {offsetsOfBytes} from '../core/sql/positions.ts';

type Library = typeof LibPgQuery;

/** @returns PostgreSQL 18's parser; its WASM is loaded when the first text is parsed. */
export function createParser(): Parser {
  let library: Promise<Library> | undefined;
  const load = (): Promise<Library> => (library ??= import('libpg-query').then(module => module.default));
  return {
    // The C side reads up to the first NUL, and an empty text is an exception there.
    parse: async sql => (sql === '' ? ok([]) : parseWith(await load(), sql)),
    fingerprint: async sql => fingerprintWith(await load(), sql),
    scan: async sql => (sql === '' ? ok([]) : scanWith(await load(), sql)),
  };
}

/** The library says of a bad text here only that it is bad; its parser says where. */
async function fingerprintWith(library: Library, sql: string): Promise<Outcome<string>> {
  const parsed = await parseWith(library, sql);
  return parsed.ok ? ok(await library.fingerprint(sql)) : parsed;
}

async function scanWith(library: Library, sql: string): Promise<Outcome<readonly Token[]>> {
  try {
    const {tokens} = await library.scan(sql);
    const offsets = offsetsOfBytes(
      sql,
      tokens.flatMap(({start, end}) => [start, end]),
    );
    return ok(
      tokens.map(({tokenName, keywordName}, index) => ({
        kind: keywordName === 'NO_KEYWORD' ? tokenName : keywordName,
        start: offsets[index * 2] ?? 0,
        end: offsets[index * 2 + 1] ?? 0,
      })),
    );
  } catch {
    const parsed = await parseWith(library, sql);
    return parsed.ok ? syntaxError('The text ends inside a string or a comment.') : parsed;
  }
}

async function parseWith(library: Library, sql: string): Promise<Outcome<readonly Statement[]>> {
  try {
    const {stmts} = await library.parse(sql);
    return ok(statementsOf(sql, stmts ?? []));
  } catch (error) {
    if (library.hasSqlDetails(error)) return syntaxError(error.message, error.sqlDetails?.cursorPosition);
    throw error;
  }
}

type RawStatement = {readonly stmt?: object; readonly stmt_location?: number; readonly stmt_len?: number};

function statementsOf(sql: string, raw: readonly RawStatement[]): readonly Statement[] {
  const total = Buffer.byteLength(sql);
  const bytes = raw.flatMap(({stmt_location: at = 0, stmt_len: length = 0}) => [
    at,
    // A length of 0 means "to the end of the text".
    length === 0 ? total : at + length,
  ]);
  const offsets = offsetsOfBytes(sql, bytes);
  return raw.flatMap(({stmt}, index) => {
    const [kind, node] = Object.entries(stmt ?? {})[0] ?? [];
    if (kind === undefined || !isNode(node)) return [];
    const start = offsets[index * 2] ?? 0;
    const text = sql.slice(start, offsets[index * 2 + 1]);
    return [{kind, node, start: start + afterBlank(text, 0), end: start + text.trimEnd().length}];
  });
}

function syntaxError(message: string, cursor = 0): Outcome<never> {
  return fail('sql', message, {
    server: {sqlState: '42601', severity: 'ERROR', message, position: cursor + 1},
  });
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
