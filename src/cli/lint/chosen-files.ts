import {stat} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {filesIn} from '../files.ts';
import type {Invocation} from '../runner.ts';

/** What the command line names. */
export interface Chosen {
  /** Absolute paths; undefined for whatever the projects hold. */
  readonly paths?: ReadonlySet<string>;
  /** Absolute folders in which projects are looked for. */
  readonly folders: readonly string[];
}

const patterns = '**/*.{sql,py,js,mjs,cjs,ts,mts,cts}';

/** Failures: `unreadable-file` for a name behind which there is nothing */
export async function chosenFiles(names: readonly string[], {cwd}: Invocation): Promise<Outcome<Chosen>> {
  if (names.length === 0) return ok({folders: [cwd]});
  const paths = new Set<string>();
  const folders = new Set<string>();
  for (const name of names) {
    const path = resolve(cwd, name);
    const there = await stat(path).catch(() => undefined);
    if (!there) return fail('unreadable-file', `${name} is not there.`, {advice: 'Give files or folders.'});
    folders.add(there.isDirectory() ? path : dirname(path));
    const found = there.isDirectory() ? await filesIn([path]).find(patterns) : [path];
    for (const each of found) paths.add(each);
  }
  return ok({paths, folders: [...folders]});
}
