import type {PlanWarning} from '../../core/migrations/plan.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {isBlank} from '../../core/golang-migrate/pieces.ts';
import type {Settings} from './settings.ts';

/** UTF-16 units. Beyond it a file is data rather than structure, and parsing it would cost seconds and memory. */
const largestParsed = 4 * 1024 * 1024;

/** @returns what to know about a file before it runs, told from its text alone. */
export async function inspectFile(
  parser: Parser,
  sql: string,
  step: number,
  settings: Settings,
): Promise<readonly PlanWarning[]> {
  if (isBlank(sql)) return [{kind: 'empty-file', step}];
  // Most files need no parser at all, so that it is not even loaded for them.
  const suspicious = settings.multiStatement ? sql.includes(';') : /concurrently/i.test(sql);
  const statements = suspicious ? await statementsOf(parser, sql) : [];
  if (statements === undefined) return [];
  if (settings.multiStatement)
    return splitsInside(sql, statements) ? [{kind: 'splits-inside-quotes', step}] : [];
  return statements.length > 1 && statements.some(isConcurrent)
    ? [{kind: 'concurrently-with-others', step}]
    : [];
}

/** @returns undefined for a text that does not parse or is too large for it. */
export async function statementsOf(parser: Parser, sql: string): Promise<readonly Statement[] | undefined> {
  if (sql.length > largestParsed) return undefined;
  const parsed = await parser.parse(sql);
  return parsed.ok ? parsed.value : undefined;
}

/** These refuse to run inside a transaction block, which several statements in one query are. */
export function isConcurrent({kind, node}: Statement): boolean {
  if (kind === 'ReindexStmt') return JSON.stringify(node).includes('"concurrently"');
  return (kind === 'IndexStmt' || kind === 'DropStmt') && node['concurrent'] === true;
}

/** A semicolon within a statement, or in a comment between two. */
function splitsInside(sql: string, statements: readonly Statement[]): boolean {
  if (statements.some(({start, end}) => sql.slice(start, end).includes(';'))) return true;
  const gaps = statements.map(({start}, index) => sql.slice(statements[index - 1]?.end ?? 0, start));
  const tail = sql.slice(statements.at(-1)?.end ?? 0);
  return [...gaps, tail].some(gap => /--[^\r\n]*;|\/\*[^]*?;[^]*?\*\//.test(gap));
}
