import {basename, dirname, sep} from 'node:path';
import {parseName, usualNaming} from '../../core/flyway/names.ts';
import type {Files} from '../../core/files.ts';
import {configurationOf, foldersOf} from './configuration.ts';

export interface Seen {
  readonly folder: string;
  readonly configured: boolean;
}

/**
 * Folders with files of the tool's usual names. Folders inside of a location, of the configuration or `db/migration`,
 * belong to it, and all locations of one configuration are one project.
 * @returns each once, in order of their paths
 */
export async function findFolders(files: Files): Promise<readonly Seen[]> {
  const found = await Promise.all(['**/V*__*.sql', '**/R__*.sql'].map(glob => files.find(glob)));
  const named = found.flat().filter(path => parseName(basename(path), usualNaming)?.kind === 'migration');
  const folders = [...new Set(named.map(path => dirname(path)))].toSorted();
  const outer = folders.filter(folder => !folders.some(other => folder !== other && isInside(folder, other)));
  const seen = await Promise.all(outer.map(seenFrom));
  const unique = new Map(seen.map(each => [each.folder, each]));
  return [...unique.values()].toSorted((one, other) => (one.folder < other.folder ? -1 : 1));
}

function isInside(folder: string, other: string): boolean {
  return folder.startsWith(other + sep);
}

async function seenFrom(folder: string): Promise<Seen> {
  const configuration = await configurationOf(folder);
  const locations = await foldersOf(configuration);
  const own = locations.some(location => location === folder || isInside(folder, location));
  const [first] = locations;
  if (own && first !== undefined) return {folder: first, configured: true};
  const [, usual] = /^(.*[/\\]db[/\\]migration)(?:[/\\]|$)/.exec(folder) ?? [];
  return {folder: usual ?? folder, configured: configuration.root !== undefined && locations.length === 0};
}
