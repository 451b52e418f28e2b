import {readdir} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {Uri, WorkspaceEdit} from 'vscode';
import type {AddedMigration, Fix} from '../../core/lint/finding.ts';
import {draftFiles} from '../../core/lint/tools/draft-files.ts';
import type {Checked} from './checker.ts';
import {placesIn} from './places.ts';
import {textOf} from './text-of.ts';

/** What a choice does, as one step to undo. */
export interface FixEdit {
  readonly edit: WorkspaceEdit;
  /** Files that it makes, the ones to look at. */
  readonly adds: readonly string[];
}

/** @returns nothing where the migration tool leaves it to its user to make files */
export async function editOfFix(checked: Checked, fix: Fix, now = new Date()): Promise<FixEdit | undefined> {
  const {path, text} = checked;
  const uri = Uri.file(path);
  const edit = new WorkspaceEdit();
  const placeOf = placesIn(text);
  for (const {text: replacement, ...span} of fix.edits) edit.replace(uri, placeOf(span), replacement);
  for (const other of fix.elsewhere ?? []) await editOther(edit, other);
  const adds = fix.adds.length === 0 ? [] : await addFiles(edit, checked, fix.adds, now);
  if (!adds) return undefined;
  if (fix.renamesTo !== undefined)
    for (const [from, to] of await renames(path, fix.renamesTo))
      edit.renameFile(Uri.file(from), Uri.file(to));
  return {edit, adds};
}

/** A file that does not exist is made. */
async function editOther(
  edit: WorkspaceEdit,
  {path, edits}: NonNullable<Fix['elsewhere']>[number],
): Promise<void> {
  const uri = Uri.file(path);
  const text = await textOf(path);
  if (text === '') edit.createFile(uri, {ignoreIfExists: true});
  const placeOf = placesIn(text);
  for (const {text: replacement, ...span} of edits) edit.replace(uri, placeOf(span), replacement);
}

/** @returns the files to look at: of each pair the up */
async function addFiles(
  edit: WorkspaceEdit,
  checked: Checked,
  adds: readonly AddedMigration[],
  now: Date,
): Promise<readonly string[] | undefined> {
  const drafted = await drafts(checked, adds, now);
  if (!drafted) return undefined;
  const encoder = new TextEncoder();
  for (const {path, text} of drafted)
    edit.createFile(Uri.file(path), {contents: encoder.encode(text), overwrite: false});
  const ups = adds.map(({up}) => up);
  return drafted.filter(({text}) => ups.some(up => text.includes(up))).map(({path}) => path);
}

/** As the project makes them, or else as its tool reads them. */
async function drafts(
  {owner: {series, tool}, path}: Checked,
  adds: readonly AddedMigration[],
  now: Date,
): Promise<readonly {readonly path: string; readonly text: string}[] | undefined> {
  const drafted = await series?.draft(adds.map(add => ({...add, now})));
  if (drafted?.ok) return drafted.value;
  const folder = tool.id === 'prisma' ? dirname(dirname(path)) : dirname(path);
  const names = await readdir(folder).catch(() => []);
  return draftFiles(tool.id, adds, {path, names, now});
}

/** The file of the other direction keeps the version of its fellow. */
async function renames(path: string, name: string): Promise<readonly (readonly [string, string])[]> {
  const folder = dirname(path);
  const other = otherDirection(basename(path));
  const isThere =
    other !== basename(path) && (await readdir(folder).catch((): string[] => [])).includes(other);
  const own = [path, join(folder, name)] as const;
  return isThere ? [own, [join(folder, other), join(folder, otherDirection(name))]] : [own];
}

function otherDirection(name: string): string {
  return name.replace(/\.(up|down)(?=\.)/, (_, direction: string) => (direction === 'up' ? '.down' : '.up'));
}
