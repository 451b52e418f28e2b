import {readFile} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import type {Files} from '../../core/files.ts';

/** A line of a project's own scripts that calls a tool. */
export interface CommandLine {
  /** Where the file is, which is where such scripts are run. */
  readonly folder: string;
  readonly words: readonly string[];
}

const scripts =
  '**/{Makefile,makefile,GNUmakefile,*.mk,justfile,Justfile,Taskfile.yml,Taskfile.yaml,package.json,Procfile,compose*.yml,compose*.yaml,docker-compose*.yml,docker-compose*.yaml}';

/** A repository of many packages has a package.json in each; beyond this many files nobody waits for more. */
const mostFiles = 300;

/** @returns the calls of a program in makefiles, package scripts, Compose files and their like; executes nothing */
export async function findCommandLines(files: Files, program: string): Promise<readonly CommandLine[]> {
  const paths = (await files.find(scripts)).toSorted((one, other) => one.length - other.length);
  const found = await Promise.all(paths.slice(0, mostFiles).map(path => linesOf(path, program)));
  return found.flat();
}

async function linesOf(path: string, program: string): Promise<readonly CommandLine[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const call = new RegExp(String.raw`(?:^|[^\w.@-])${program}(?:[^\w.]|$)`);
  if (!call.test(text)) return [];
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .filter(line => call.test(line))
    .map(line => ({folder: dirname(path), words: wordsOf(line, basename(path))}));
}

/**
 * Quotes and the commas behind words are the script's own: `"migrate": "dbmate -d sql up",` and `['dbmate', 'up']`; others
 * part the values of a flag.
 */
function wordsOf(line: string, name: string): readonly string[] {
  const text = name === 'package.json' ? line.replaceAll(String.raw`\"`, '"') : line;
  return text
    .replaceAll(/(["'`])\s*,\s*(?=["'`])/g, '$1 ')
    .split(/[\s"'`=[\]]+/)
    .map(word => word.replace(/,$/, ''))
    .filter(word => word !== '');
}

/**
 * @param names of the flag, such as `--dir` and `-d`
 * @returns what follows the flag; nothing where that is a variable, whose value is not known
 */
export function flagValue(words: readonly string[], ...names: readonly string[]): string | undefined {
  return flagValues(words, ...names)[0];
}

/** @returns as `flagValue`, for a flag that may be given several times */
export function flagValues(words: readonly string[], ...names: readonly string[]): readonly string[] {
  return words
    .flatMap((word, index) => (names.includes(word) ? (words[index + 1] ?? []) : []))
    .filter(value => !value.includes('$') && !value.startsWith('-'));
}

export function hasFlag(words: readonly string[], ...names: readonly string[]): boolean {
  return words.some(word => names.includes(word));
}
