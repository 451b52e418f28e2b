import type {ToolId} from '../../core/lint/tools/tool.ts';
import type {History} from '../../core/migrations/migration.ts';
import {readHistory} from '../../frameworks/golang-migrate/folder.ts';

const none: History = {migrations: [], problems: []};

/** @returns the files of a folder that no project owns, in their order; none where the order is not known */
export async function folderHistory(tool: ToolId, folder: string): Promise<History> {
  if (tool !== 'golang-migrate') return none;
  const read = await readHistory(folder);
  return read.ok ? read.value : none;
}
