import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import * as z from 'zod/mini';
import type {KeptFile, Manifest} from './data-files.ts';

/**
 * One line of JSON for each state: how its files differ from those of the state in the line before, and the hashes
 * of the pages that came with it.
 */
const Line = z.object({
  name: z.string(),
  files: z.array(z.tuple([z.string(), z.int(), z.array(z.int())])),
  gone: z.array(z.string()),
  pages: z.array(z.string()),
});

export interface StateLog {
  readonly states: ReadonlyMap<string, Manifest>;
  readonly pages: readonly string[];
}

/** @returns what was written as far as it is whole: the process may have been killed while it wrote */
export function readStateLog(path: string): StateLog {
  const states = new Map<string, Manifest>();
  const pages: string[] = [];
  let last: Manifest = new Map();
  for (const text of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
    const line = Line.parse(JSON.parse(text));
    const files = new Map(last);
    for (const name of line.gone) files.delete(name);
    for (const [name, size, numbers] of line.files) files.set(name, {size, pages: numbers});
    pages.push(...line.pages);
    states.set(line.name, files);
    last = files;
  }
  return {states, pages};
}

export interface StateLogWriter {
  append(name: string, files: Manifest, pages: readonly string[]): void;
}

/** @param last the files of the state in the last line; absent to begin anew */
export function writeStateLog(path: string, last: Manifest | undefined): StateLogWriter {
  let before: Manifest = last ?? new Map<string, KeptFile>();
  if (!last) writeFileSync(path, '', {mode: 0o600});
  return {
    append(name, files, pages) {
      const changed = [...files].filter(([path, file]) => before.get(path) !== file);
      const line: z.infer<typeof Line> = {
        name,
        files: changed.map(([path, {size, pages: numbers}]) => [path, size, [...numbers]]),
        gone: [...before.keys()].filter(path => !files.has(path)),
        pages: [...pages],
      };
      appendFileSync(path, `${JSON.stringify(line)}\n`);
      before = files;
    },
  };
}
