import type {Parser, Statement} from '../../core/sql/parser.ts';

/** UTF-16 units. Beyond it a file is data rather than structure, and parsing it would cost seconds and memory. */
const largestParsed = 4 * 1024 * 1024;

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

const alone = new Set([
  'VacuumStmt',
  'CreatedbStmt',
  'DropdbStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
  'AlterSystemStmt',
]);

/** @returns whether PostgreSQL refuses it inside of a transaction block, whatever the state of the database */
export function refusesTransaction(statement: Statement): boolean {
  const {kind, node} = statement;
  return (
    alone.has(kind) ||
    isConcurrent(statement) ||
    (kind === 'AlterTableStmt' && JSON.stringify(node).includes('"concurrent":true'))
  );
}
