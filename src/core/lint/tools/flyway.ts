import {afterBlank} from '../../sql/blank.ts';
import {fileNameOf, passageAt, wholeOf} from './passage.ts';
import type {Tool, ToolDocument} from './tool.ts';

/**
 * A file is a transaction, and each statement a message. A file that begins with what cannot run in a transaction is
 * in none: the tool refuses a mixture.
 * Source: https://documentation.red-gate.com/flyway/flyway-concepts/migrations/migration-transaction-handling
 */
export const flywayTool: Tool = {
  id: 'flyway',
  name: 'Flyway',
  recognises: ({path}) => /^(?:[VUB]\d[^/\\]*__|R__).*\.sql$/.test(fileNameOf(path)),
  passages,
  // It looks at the statements, so that nothing has to be written.
  outside: {how: 'marker', edits: () => []},
  isCut: true,
  undo: 'none',
};

function passages({path, text}: ToolDocument): ReturnType<Tool['passages']> {
  const whole = wholeOf(text);
  const passage = passageAt(text, whole, /^U\d/.test(fileNameOf(path)) ? 'down' : 'up', {
    sent: 'each',
    dialect: {copiedRows: true, placeholders: ['template']},
  });
  return [isSeenToRunAlone(passage.sql.slice(afterBlank(passage.sql, 0))) ? passage : {...passage, block: 1}];
}

/** Whether the tool sees that a statement cannot run in a transaction; it overlooks others, which fail. */
export function isSeenToRunAlone(statement: string): boolean {
  return runsAlone.test(statement.slice(0, 200).replaceAll(/\s+/g, ' '));
}

const runsAlone =
  /^(?:(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM|(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY|REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD ALL)/i;
