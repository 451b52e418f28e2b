import {readdir} from 'node:fs/promises';
import {join, relative, resolve, sep} from 'node:path';
import {compareFileNames, ignoredBy} from '../../core/node-pg-migrate/file-names.ts';
import {fileGlobOf, ignoredByGlob} from '../../core/node-pg-migrate/glob.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {codeOf} from '../shared/file-text.ts';
import type {Settings} from './settings.ts';

/** Where the tool looks for migrations. */
export interface Source {
  /** Absolute; of a pattern the folder that all of its files are in. */
  readonly folder: string;
  /** The pattern of `--use-glob`, relative to `root` unless it is absolute. */
  readonly glob?: string;
  /** Where the tool is started. */
  readonly root: string;
}

/** A file that the tool takes for a migration. */
export interface FoundFile {
  readonly name: string;
  readonly path: string;
}

/**
 * @returns the files that the tool takes for migrations, in its order
 * Failures: `unreadable-file`, `invalid-input` (a pattern that cannot be read)
 */
export async function findFiles(source: Source, settings: Settings): Promise<Outcome<readonly FoundFile[]>> {
  const found = await (source.glob === undefined
    ? inFolder(source.folder, settings)
    : byPattern(source.root, source.glob, settings));
  if (!found.ok) return found;
  // Files that the tool cannot tell apart stay in the order of the folder, which is that of their paths here.
  const paths = found.value.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return ok(paths.toSorted((one, other) => compareFileNames(one.name, other.name)));
}

async function inFolder(folder: string, {ignorePattern}: Settings): Promise<Outcome<readonly FoundFile[]>> {
  const ignored = ignoredBy(ignorePattern);
  if (!ignored)
    return fail('invalid-input', `ignore-pattern “${ignorePattern}” is no regular expression.`, {
      advice: 'Correct it where node-pg-migrate is configured.',
    });
  try {
    const entries = await readdir(folder, {withFileTypes: true});
    return ok(
      entries
        .filter(entry => (entry.isFile() || entry.isSymbolicLink()) && !ignored(entry.name))
        .map(({name}) => ({name, path: join(folder, name)})),
    );
  } catch (error) {
    return fail('unreadable-file', `The migrations folder ${folder} cannot be read (${codeOf(error)}).`, {
      advice: 'Check that it exists and that you may read it.',
    });
  }
}

async function byPattern(
  root: string,
  pattern: string,
  {ignorePattern}: Settings,
): Promise<Outcome<readonly FoundFile[]>> {
  const glob = fileGlobOf(pattern);
  const ignored = ignoredByGlob(ignorePattern);
  if (!glob || !ignored) return unknownPattern(glob ? (ignorePattern ?? '') : pattern);
  const base = resolve(root, glob.base);
  const files = await filesBelow(base, glob.depth);
  return ok(
    files.filter(
      ({path}) =>
        glob.matches(slashed(relative(base, path))) && !ignored(slashed(relative(root, path)), slashed(path)),
    ),
  );
}

/** @returns the folder that all files of a pattern are in; nothing for a pattern that is not read here */
export function folderOfGlob(root: string, pattern: string): string | undefined {
  const glob = fileGlobOf(pattern);
  return glob && resolve(root, glob.base);
}

/** Without what begins with a dot, as no pattern here asks for it. Linked folders are not entered. */
async function filesBelow(folder: string, depth: number): Promise<readonly FoundFile[]> {
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => []);
  const shown = entries.filter(({name}) => !name.startsWith('.'));
  const here = shown
    .filter(entry => entry.isFile() || entry.isSymbolicLink())
    .map(({name}) => ({name, path: join(folder, name)}));
  const folders = depth <= 0 ? [] : shown.filter(entry => entry.isDirectory());
  const below = await Promise.all(folders.map(({name}) => filesBelow(join(folder, name), depth - 1)));
  return [...here, ...below.flat()];
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function unknownPattern(pattern: string): Outcome<never> {
  return fail('invalid-input', `Howdah does not read the pattern “${pattern}” of use-glob.`, {
    advice: 'It reads **, *, ?, [a-z] and {a,b}. Write it with those, or use the tool itself.',
  });
}
