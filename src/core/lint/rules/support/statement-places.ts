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
    : {start: 0, end: statement.nameAt(location).end};
}
