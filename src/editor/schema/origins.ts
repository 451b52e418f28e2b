import {workspace} from 'vscode';
import type {Comparison} from '../../core/schema/comparison.ts';
import {originsOf} from '../../core/schema/origins.ts';
import type {Origin} from '../../core/schema/report.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readEdits} from '../../frameworks/git-edits.ts';
import type {HistoryScripts} from './history-scripts.ts';
import type {SchemaSubject} from './schema-subject.ts';

/** Finds out where each difference comes from, and the line that declares it. */
export async function originsFor(
  parser: Parser,
  {choice, project}: SchemaSubject,
  {differences}: Comparison,
  {scripts, pending}: HistoryScripts,
): Promise<readonly Origin[]> {
  if (choice.kind === 'connection' || differences.length === 0) return [];
  const files = {scripts, pending};
  if (choice.kind === 'file' || !project) return originsOf(parser, differences, files, pause);
  return originsOf(parser, differences, {...files, edited: await editsIn(project.folder)}, pause);
}

/** Git is run only where the user trusts the folder. */
async function editsIn(folder: string): Promise<ReadonlySet<string>> {
  return workspace.isTrusted ? readEdits(folder) : new Set();
}

/** Parsing holds up the extension host, so it goes file by file. */
export function pause(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
