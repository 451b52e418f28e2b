import {field} from '../../../sql/objects.ts';
import type {Span} from '../../../sql/positions.ts';
import type {LintStatement} from '../../statement.ts';

/** @returns the words of the command: `CREATE UNIQUE INDEX` */
export function commandAt({command, words, whole}: LintStatement): Span {
  const last = words[command.split(' ').length - 1];
  return {start: 0, end: last?.end ?? whole.end};
}

/** Commands with other words between them and the table. */
const apart = new Set([
  'IndexStmt',
  'CreateTrigStmt',
  'RuleStmt',
  'CreatePolicyStmt',
  'CreateStmt',
  'LockStmt',
]);

/** @returns the command and the table behind it: `ALTER TABLE orders`, else the command alone */
export function headAt(statement: LintStatement, location: unknown): Span {
  const start = statement.at(location);
  return start === 0 || apart.has(statement.kind)
    ? commandAt(statement)
    : {start: behindWith(statement, start), end: statement.nameAt(location).end};
}

/** Where the command begins: queries that it uses may stand before it. */
function behindWith({words}: LintStatement, table: number): number {
  if (words[0]?.text !== 'WITH') return 0;
  const commands = new Set(['UPDATE', 'DELETE', 'INSERT', 'MERGE']);
  return words.findLast(({start, text}) => start < table && commands.has(text))?.start ?? 0;
}

/**
 * The table alone, for what is no fault of the command: other rules mark that.
 * @param location of the table's name, where it is not the one that the statement is about
 * @returns the command and what it is about, where no name is known
 */
export function tableAt(statement: LintStatement, location: unknown): Span {
  const known = location ?? field(statement.node, 'relation')['location'];
  return known === undefined ? headAt(statement, known) : statement.nameAt(known);
}
