import {golangMigrateTool} from './golang-migrate.ts';
import {sqlTool} from './sql.ts';
import type {Tool, ToolDocument, ToolId} from './tool.ts';

/** The first that recognises a document has it; plain SQL comes last because every file of SQL is that as well. */
export const tools: readonly Tool[] = [golangMigrateTool(), sqlTool];

/** @returns the tool of a document that no project owns; undefined where it is no migration */
export function toolOf(document: ToolDocument): Tool | undefined {
  return tools.find(tool => tool.recognises(document));
}

export function toolNamed(id: ToolId): Tool {
  return tools.find(tool => tool.id === id) ?? sqlTool;
}
