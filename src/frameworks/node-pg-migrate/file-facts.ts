import {readFile, stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {kindOf} from '../../core/node-pg-migrate/file-names.ts';
import {partsOf} from '../../core/node-pg-migrate/markers.ts';

/** What the history tells of a file that its name does not. */
export interface FileFacts {
  readonly hasDown: boolean;
  /** See `Parts`. */
  readonly upHasAll: boolean;
}

/** Reads the facts of files, each once as long as it does not change. */
export type ReadFacts = (paths: readonly string[]) => Promise<ReadonlyMap<string, FileFacts>>;

/** As many files at once as keep the disk busy and the thread free. */
const atOnce = 32;

export function createFactsReader(): ReadFacts {
  const known = new Map<string, {readonly stamp: string; readonly facts: FileFacts}>();
  const read = async (path: string): Promise<FileFacts> => {
    const found = await stat(path).catch(() => undefined);
    const stamp = `${found?.mtimeMs} ${found?.size}`;
    const before = known.get(path);
    if (before?.stamp === stamp) return before.facts;
    const facts = factsOf(basename(path), await readFile(path, 'utf8').catch(() => ''));
    known.set(path, {stamp, facts});
    return facts;
  };
  return async paths => {
    const facts = new Map<string, FileFacts>();
    const waiting = paths.values();
    const work = async (): Promise<void> => {
      for (const path of waiting) facts.set(path, await read(path));
    };
    await Promise.all(Array.from({length: atOnce}, work));
    return facts;
  };
}

function factsOf(name: string, text: string): FileFacts {
  // A program without `down` is run backwards by the tool; only `false` says that there is no way back.
  if (kindOf(name) !== 'sql')
    return {hasDown: !/\bdown\s*(?::[^=;]*)?[=:]\s*false\b/.test(text), upHasAll: false};
  const {down, upHasAll} = partsOf(text);
  return {hasDown: down !== undefined, upHasAll};
}
