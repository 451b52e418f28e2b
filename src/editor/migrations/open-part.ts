import {Uri, workspace} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import type {FileRange} from '../../core/migrations/plan.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';
import {openAt} from './open-file.ts';

interface Part {
  readonly connection?: Connection;
  readonly project: Project;
  readonly migration: Migration;
}

/** Opens the file of a direction; where one file has both, at what belongs to this one. */
export async function openPart(parts: Parts, part: Part, direction: Direction): Promise<void> {
  const path = part.migration[direction];
  if (path === undefined) return;
  const isShared = part.migration.up === part.migration.down;
  const place = isShared && direction === 'down' ? await placeOf(parts, part, path, direction) : undefined;
  await openAt(place ?? path);
}

/** @returns the beginning of what would be sent; nothing where that cannot be told */
async function placeOf(
  {connections}: Parts,
  {connection, project, migration}: Part,
  path: string,
  direction: Direction,
): Promise<FileRange | undefined> {
  const document = await workspace.openTextDocument(Uri.file(path));
  const text = document.getText();
  const target = connection ?? connections.target();
  const options = projectOptions(target?.settings.extra ?? {}, Uri.file(project.folder));
  const script = await project.script(migration, direction, options, text);
  const [first] = script.ok && script.value.path === path ? script.value.pieces : [];
  if (!first || !script.ok || script.value.sql !== text) return undefined;
  const blank = /^\s*/.exec(text.slice(first.start, first.end))?.[0].length ?? 0;
  const {line, character: column} = document.positionAt(first.start + blank);
  return {path, start: {line, column}, end: {line, column}};
}
