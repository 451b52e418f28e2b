import {alembicTool} from './alembic.ts';
import {dbmateTool} from './dbmate.ts';
import {flywayTool} from './flyway.ts';
import {golangMigrateTool} from './golang-migrate.ts';
import {gooseTool} from './goose.ts';
import {nodePgMigrateTool} from './node-pg-migrate.ts';
import {prismaTool} from './prisma.ts';
import {sqlTool} from './sql.ts';
import type {Tool, ToolDocument, ToolId} from './tool.ts';

/**
 * The first that recognises a document has it. Those that look for marks in the text come before those that go by the
 * name, and plain SQL last, because every file of SQL is that as well.
 */
export const tools: readonly Tool[] = [
  dbmateTool,
  gooseTool,
  nodePgMigrateTool,
  alembicTool,
  golangMigrateTool(),
  flywayTool,
  prismaTool,
  sqlTool,
];

/** @returns the tool of a document that no project owns; undefined where it is no migration */
export function toolOf(document: ToolDocument): Tool | undefined {
  return tools.find(tool => tool.recognises(document));
}

export function toolNamed(id: ToolId): Tool {
  return tools.find(tool => tool.id === id) ?? sqlTool;
}

/** @param options the project's own, as its tool names them: some change how its files are sent */
export function toolOfProject(id: ToolId, options: Readonly<Record<string, string>>): Tool {
  return id === 'golang-migrate' && options['x-multi-statement'] === 'true'
    ? golangMigrateTool({multiStatement: true})
    : toolNamed(id);
}
