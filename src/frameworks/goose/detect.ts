import {dirname, resolve} from 'node:path';
import type {Files} from '../../core/files.ts';
import {parseName} from '../../core/goose/grammar.ts';
import {readStatements} from '../../core/goose/statements.ts';
import {findCommandLines, flagValue, hasFlag} from '../shared/command-lines.ts';
import {dotenvIn} from '../shared/dotenv-values.ts';
import {findMarkedFolders} from '../shared/marked-folders.ts';
import type {Place} from './settings.ts';

/** A project that was found, and by what. */
interface Sighted {
  readonly place: Place;
  readonly seenBy: 'configuration' | 'files';
}

/**
 * @returns the projects that the annotations in files tell of, and what `.env` files and scripts add. The tool's default
 * folder is wherever it is run, so that those alone prove nothing
 */
export async function findPlaces(files: Files): Promise<readonly Sighted[]> {
  // Asked for at once, they are looked for in one search.
  const [folders, dotenv, scripts] = await Promise.all([
    findMarkedFolders(files, {accepts: isNamed, has: isAnnotated}),
    placesOfDotenv(files),
    placesOfScripts(files),
  ]);
  const configured = [...dotenv, ...scripts];
  return folders.map(folder => {
    const told = configured.filter(place => place.folder === folder);
    const [first] = told;
    if (!first) return {place: placeOfFolder(folder), seenBy: 'files'};
    const flags = Object.fromEntries(told.toReversed().flatMap(place => Object.entries(place.flags)));
    return {place: {...first, flags}, seenBy: 'configuration'};
  });
}

/** Most people run it above the folder. */
export function placeOfFolder(folder: string): Place {
  return {root: dirname(folder), folder, flags: {}};
}

function isNamed(name: string): boolean {
  return typeof parseName(name) === 'object';
}

function isAnnotated(text: string): boolean {
  return readStatements(text, 'up').problem?.kind !== 'no-up' && /^--.*\+goose\s+up\b/im.test(text);
}

async function placesOfDotenv(files: Files): Promise<readonly Place[]> {
  const found = await Promise.all(
    (await files.find('**/.env')).map(async path => {
      const root = dirname(path);
      const env = await dotenvIn(root);
      if (!Object.keys(env).some(name => name.startsWith('GOOSE_'))) return [];
      return [{root, folder: resolve(root, env['GOOSE_MIGRATION_DIR'] ?? '.'), flags: {}}];
    }),
  );
  return found.flat();
}

async function placesOfScripts(files: Files): Promise<readonly Place[]> {
  const lines = await findCommandLines(files, 'goose');
  return Promise.all(
    lines.map(async ({folder: root, words}) => {
      const envFile = flagValue(words, '-env', '--env');
      const env = envFile === 'none' ? {} : await dotenvIn(root, envFile);
      const dir = flagValue(words, '-dir', '--dir', 'GOOSE_MIGRATION_DIR') ?? env['GOOSE_MIGRATION_DIR'];
      return {
        root,
        folder: resolve(root, dir ?? '.'),
        ...(envFile === undefined ? {} : {envFile}),
        flags: flagsOf(words),
      };
    }),
  );
}

function flagsOf(words: readonly string[]): Place['flags'] {
  const table = flagValue(words, '-table', '--table', 'GOOSE_TABLE');
  return {
    ...(table === undefined ? {} : {table}),
    ...(hasFlag(words, '-allow-missing', '--allow-missing') ? {'allow-missing': 'true'} : {}),
  };
}
