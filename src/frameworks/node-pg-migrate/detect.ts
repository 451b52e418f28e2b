import {readdir} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import type {Files} from '../../core/files.ts';
import {grouped} from '../../core/grouped.ts';
import {nodePgMigrateTool} from '../../core/lint/tools/node-pg-migrate.ts';
import {compareFileNames, kindOf, prefixOf} from '../../core/node-pg-migrate/file-names.ts';
import {textOf} from '../shared/file-text.ts';
import {findFiles, folderOfGlob} from './find-files.ts';
import {readCalls, type Call} from './manifest.ts';
import type {ReadConfig} from './programs/read-config.ts';
import type {Place} from './project.ts';
import {settingsOf} from './settings.ts';

/** How many files of a folder are read to learn whose they are. */
const mostRead = 3;

/**
 * @param readConfig executes a configuration that is a program; absent where nothing may be executed
 * @returns the projects that package.json and the files tell of, each folder once, in order of their paths
 */
export async function findPlaces(files: Files, readConfig?: ReadConfig): Promise<readonly Place[]> {
  const manifests = (await files.find('**/package.json')).toSorted();
  const calls = (await Promise.all(manifests.map(path => readCalls(path, readConfig)))).flat();
  const configured = await Promise.all(calls.map(placeOf));
  const globbed = await Promise.all(
    configured.flatMap(place => (place?.glob === undefined ? [] : [findFiles(place, settingsOf(place.raw))])),
  );
  const taken = new Set(
    globbed.flatMap(found => (found.ok ? found.value.map(({path}) => dirname(path)) : [])),
  );
  const guessed = (await guess(files, calls)).filter(({folder}) => !taken.has(folder));
  const places = new Map<string, Place>();
  for (const place of [...configured.flatMap(each => each ?? []), ...guessed])
    if (!places.has(place.folder)) places.set(place.folder, place);
  return [...places.values()].toSorted((one, other) => (one.folder < other.folder ? -1 : 1));
}

/** @returns the place that the user says a folder is, with the settings of the package.json around it */
export async function placeAt(folder: string, files: Files, readConfig?: ReadConfig): Promise<Place> {
  const manifests = parentsOf(folder, files.roots).map(parent => join(parent, 'package.json'));
  const calls = (await Promise.all(manifests.map(path => readCalls(path, readConfig)))).flat();
  const own = calls.find(call => folderOf(call) === folder) ?? calls[0];
  const glob = own && folderOf(own) === folder ? globOf(own) : undefined;
  return {
    folder,
    ...(own ?? {root: folder, raw: new Map(), files: [], problems: []}),
    ...(glob === undefined ? {} : {glob}),
    seenBy: 'setting',
  };
}

/** Of a pattern that is not read the folder where the tool is started, so that somebody can say so. */
function folderOf(call: Call): string {
  const {root, raw} = call;
  const glob = globOf(call);
  if (glob !== undefined) return folderOfGlob(root, glob) ?? root;
  return resolve(root, raw.get('migrations-dir')?.[0] ?? 'migrations');
}

function globOf({root, raw}: Call): string | undefined {
  if (raw.get('use-glob')?.[0] !== 'true') return undefined;
  return raw.get('migrations-dir')?.[0] ?? join(root, 'migrations');
}

/** A folder that is named has to be there; one that is only the tool's default has to have migrations as well. */
async function placeOf(call: Call): Promise<Place | undefined> {
  const folder = folderOf(call);
  const glob = globOf(call);
  if (glob !== undefined) return {folder, ...call, glob, seenBy: 'configuration'};
  const names = await readdir(folder).catch(() => undefined);
  const named = call.raw.has('migrations-dir');
  if (names === undefined || (!named && names.length > 0 && !(await isOurs(folder, names)))) return undefined;
  return {folder, ...call, seenBy: 'configuration'};
}

/** Folders that no package.json names: told from the files in them. */
async function guess(files: Files, calls: readonly Call[]): Promise<readonly Place[]> {
  const found = await Promise.all(
    ['sql', 'js', 'ts', 'mjs', 'cjs'].map(each => files.find(`**/[0-9]*.${each}`)),
  );
  const folders = grouped(found.flat(), path => dirname(path));
  const places = [...folders].map(async ([folder, paths]): Promise<readonly Place[]> => {
    if (
      !(await isOurs(
        folder,
        paths.map(path => basename(path)),
      ))
    )
      return [];
    const call = nearest(folder, calls);
    const around = call ?? {root: folder, raw: new Map(), files: [], problems: []};
    return [{folder, ...around, seenBy: call === undefined ? 'files' : 'configuration'}];
  });
  return (await Promise.all(places)).flat();
}

function nearest(folder: string, calls: readonly Call[]): Call | undefined {
  const around = calls.filter(({root}) => parentsOf(folder, [root]).includes(root));
  return around.toSorted((one, other) => other.root.length - one.root.length)[0];
}

/** Whether the first files are the tool's by what stands in them. */
async function isOurs(folder: string, names: readonly string[]): Promise<boolean> {
  const numbered = names.filter(name => prefixOf(name) !== '' && kindOf(name) !== 'other');
  for (const name of numbered.toSorted(compareFileNames).slice(0, mostRead)) {
    const text = await textOf(join(folder, name));
    if (text !== undefined && nodePgMigrateTool.recognises({path: join(folder, name), text})) return true;
  }
  return false;
}

/** The folder and those around it, up to one that is open. */
function parentsOf(folder: string, roots: readonly string[]): readonly string[] {
  const parents = [folder];
  while (!roots.includes(parents.at(-1) ?? '')) {
    const parent = dirname(parents.at(-1) ?? folder);
    if (parent === parents.at(-1)) return [folder];
    parents.push(parent);
  }
  return parents;
}
