import {basename, normalize, relative, sep} from 'node:path';
import type {Files} from '../core/files.ts';
import {problem, type FoundConnection, type SourceFile} from './found.ts';
import {readText} from './read-text.ts';

/** A file with its text. */
export interface SourceText {
  readonly file: SourceFile;
  readonly text: string;
}

/** The files that were found, and an item for each that could not be read. */
export interface SourceTexts {
  readonly texts: readonly SourceText[];
  readonly problems: readonly FoundConnection[];
}

/**
 * Finds and reads files, those near the top of a folder first.
 *
 * @param accepts tells by its name whether a file that a glob found is wanted
 */
export async function readSources(
  files: Files,
  globs: readonly string[],
  accepts: (name: string) => boolean = () => true,
): Promise<SourceTexts> {
  const found = (await Promise.all(globs.map(glob => files.find(glob)))).flat();
  // A glob library may answer with slashes on Windows.
  const sources = [...new Set(found.map(path => normalize(path)))]
    .filter(path => accepts(basename(path)))
    .map(path => sourceFile(path, files.roots))
    .toSorted((a, b) => depth(a) - depth(b) || (a.label < b.label ? -1 : 1));
  const read = await Promise.all(sources.map(async file => ({file, text: await readText(file.path)})));
  return {
    texts: read.flatMap(({file, text}) => (text?.ok ? [{file, text: text.value}] : [])),
    problems: read.flatMap(({file, text}) => (text && !text.ok ? [problem({file}, text.failure)] : [])),
  };
}

function sourceFile(path: string, roots: readonly string[]): SourceFile {
  const root = roots
    .filter(folder => path.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    .toSorted((a, b) => b.length - a.length)[0];
  if (root === undefined) return {path, label: basename(path)};
  const label = relative(root, path).replaceAll(sep, '/');
  return {path, label: roots.length > 1 ? `${basename(root)}/${label}` : label, root};
}

function depth({label}: SourceFile): number {
  return label.split('/').length;
}
