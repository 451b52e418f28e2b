import {stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {workspace} from 'vscode';
import {frameworkIds, type FrameworkId} from '../../core/migrations/migration.ts';
import {settings} from '../settings.ts';

/** What the settings say of folders: by the absolute path of each that is there, its tool, or that it has none. */
export async function chosenFrameworks(): Promise<ReadonlyMap<string, FrameworkId | 'none'>> {
  const said = (workspace.workspaceFolders ?? []).flatMap(({uri}) =>
    Object.entries(settings.frameworks(uri)).flatMap(([folder, tool]) => {
      const id = [...frameworkIds, 'none' as const].find(known => known === tool);
      return id === undefined ? [] : [[resolve(uri.fsPath, folder), id] as const];
    }),
  );
  const there = await Promise.all(said.map(([folder]) => isFolder(folder)));
  return new Map(said.filter((_, index) => there[index]));
}

/** A setting of the whole workspace names folders that only some of its parts have. */
function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
}
