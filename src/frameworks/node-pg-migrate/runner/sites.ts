import {fileURLToPath} from 'node:url';
import type {Site} from './job.ts';

/** @returns where in a file a stack was made: its innermost line there */
export function siteIn(stack: string | undefined, path: string): Site | undefined {
  for (const line of (stack ?? '').split('\n')) {
    const [, file, row, column] = /(?:\(|at )((?:file:\/\/)?[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim()) ?? [];
    if (file === undefined || plain(file) !== path) continue;
    return {line: Number(row) - 1, column: Number(column) - 1};
  }
  return undefined;
}

/**
 * A file that cannot be loaded: the compiler names its place below its words, with columns from 0; what a file throws
 * by itself has a stack.
 */
export function loadSite(
  {message, stack = ''}: Error,
  folder: string,
): {readonly path: string; readonly site: Site} | undefined {
  const compiled = message.split('\n').flatMap(line => placeIn(line, folder, 0));
  const thrown = stack.split('\n').flatMap(line => placeIn(line, folder, 1));
  return compiled[0] ?? thrown[0];
}

function placeIn(
  text: string,
  folder: string,
  from: number,
): readonly {readonly path: string; readonly site: Site}[] {
  const start = text.indexOf(folder);
  const [, path, row, column] = start < 0 ? [] : (/^(.*?):(\d+):(\d+)/.exec(text.slice(start)) ?? []);
  return path === undefined ? [] : [{path, site: {line: Number(row) - 1, column: Number(column) - from}}];
}

function plain(file: string): string {
  const bare = file.replace(/^async /, '').replace(/\?.*$/, '');
  return bare.startsWith('file://') ? fileURLToPath(bare) : bare;
}
