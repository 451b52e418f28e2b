import {readdir} from 'node:fs/promises';
import {basename, dirname, sep} from 'node:path';
import {parseName, usualNaming} from '../../core/flyway/names.ts';
import type {Files} from '../../core/files.ts';
import {configurationOf, foldersOf, settingsFor} from './configuration.ts';

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
  const [configurations, ...found] = await Promise.all(
    ['**/flyway.{conf,toml}', '**/V*__*.sql', '**/R__*.sql'].map(glob => files.find(glob)),
  );
  const usual = found.flat().filter(path => parseName(basename(path), usualNaming)?.kind === 'migration');
  const folders = [...new Set(usual.map(path => dirname(path)))].toSorted();
  const outer = folders.filter(folder => !folders.some(other => folder !== other && isInside(folder, other)));
  const named = await Promise.all((configurations ?? []).map(path => seenBy(dirname(path))));
  const seen = [...(await Promise.all(outer.map(seenFrom))), ...named.flat()];
  const unique = new Map(seen.map(each => [each.folder, each]));
  return [...unique.values()].toSorted((one, other) => (one.folder < other.folder ? -1 : 1));
}

function isInside(folder: string, other: string): boolean {
  return folder.startsWith(other + sep);
}

/** Where the configuration gives names of its own, only it says which folders are Flyway's. */
async function seenBy(root: string): Promise<readonly Seen[]> {
  const configuration = await configurationOf(root);
  const [first] = await foldersOf(configuration);
  if (first === undefined) return [];
  const {naming} = settingsFor(configuration, {});
  const names = await readdir(first, {recursive: true}).catch(() => []);
  const isNamed = names.some(name => parseName(basename(name), naming)?.kind === 'migration');
  return isNamed ? [{folder: first, configured: true}] : [];
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
