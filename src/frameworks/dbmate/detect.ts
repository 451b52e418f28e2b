import {stat} from 'node:fs/promises';
import {dirname, join, resolve, sep} from 'node:path';
import type {Files} from '../../core/files.ts';
import {parseName} from '../../core/dbmate/grammar.ts';
import {readSections} from '../../core/dbmate/sections.ts';
import {findCommandLines, flagValue, flagValues, hasFlag} from '../shared/command-lines.ts';
import {dotenvIn} from '../shared/dotenv-values.ts';
import {findMarkedFolders} from '../shared/marked-folders.ts';
import type {Place} from './settings.ts';

/** A project that was found, and by what. */
interface Sighted {
  readonly place: Place;
  readonly seenBy: 'configuration' | 'files';
}

/** @returns the projects that `.env` files, scripts and the marks in files tell of; each folder once */
export async function findPlaces(files: Files): Promise<readonly Sighted[]> {
  // Asked for at once, they are looked for in one search.
  const [dotenv, scripts, marked] = await Promise.all([
    placesOfDotenv(files),
    placesOfScripts(files),
    findMarkedFolders(files, {
      accepts: name => parseName(name) !== undefined,
      has: text => readSections(text).sections.length > 0,
    }),
  ]);
  const configured = [...dotenv, ...scripts];
  const taken = new Set(configured.flatMap(({folders}) => folders));
  return [
    ...unique(configured).map(place => ({place, seenBy: 'configuration' as const})),
    ...marked
      .filter(folder => !taken.has(folder))
      .map(folder => ({place: placeOfFolder(folder), seenBy: 'files' as const})),
  ];
}

/** The tool is run where its default folder is `db/migrations`, or else beside the folder. */
export function placeOfFolder(folder: string): Place {
  const standard = folder.endsWith(join(sep, 'db', 'migrations'));
  return {root: standard ? dirname(dirname(folder)) : dirname(folder), folders: [folder], flags: {}};
}

async function placesOfDotenv(files: Files): Promise<readonly Place[]> {
  const found = await Promise.all((await files.find('**/.env')).map(path => placeOfDotenv(dirname(path))));
  return found.flat();
}

async function placeOfDotenv(root: string): Promise<readonly Place[]> {
  const env = await dotenvIn(root);
  if (!Object.keys(env).some(name => name.startsWith('DBMATE_'))) return [];
  return placeIn(root, env['DBMATE_MIGRATIONS_DIR'], {});
}

async function placesOfScripts(files: Files): Promise<readonly Place[]> {
  const lines = await findCommandLines(files, 'dbmate');
  const found = await Promise.all(
    lines.map(async ({folder, words}) => {
      const env = await dotenvIn(folder);
      const dirs = flagValues(words, '--migrations-dir', '-d').join(',') || env['DBMATE_MIGRATIONS_DIR'];
      return placeIn(folder, dirs, flagsOf(words));
    }),
  );
  return found.flat();
}

function flagsOf(words: readonly string[]): Place['flags'] {
  const values = {
    'migrations-table': flagValue(words, '--migrations-table'),
    'schema-file': flagValue(words, '--schema-file', '-s'),
    'no-dump-schema': hasFlag(words, '--no-dump-schema') ? 'true' : undefined,
    strict: hasFlag(words, '--strict') ? 'true' : undefined,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** @param dirs several are parted by commas; the tool's own default when absent */
async function placeIn(
  root: string,
  dirs: string | undefined,
  flags: Place['flags'],
): Promise<readonly Place[]> {
  const folders = (dirs ?? 'db/migrations').split(',').map(dir => resolve(root, dir.trim()));
  const there = await Promise.all(folders.map(isFolder));
  return there.every(Boolean) ? [{root, folders, flags}] : [];
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
}

/** The first that names a folder has it; the flags of all that name it hold. */
function unique(places: readonly Place[]): readonly Place[] {
  const known = new Map<string, Place>();
  for (const place of places) {
    const [first = place.root] = place.folders;
    const before = known.get(first);
    known.set(first, before ? {...before, flags: {...place.flags, ...before.flags}} : place);
  }
  return [...known.values()];
}
