import {readFile, rename, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {readHolder, isAlive} from './lock.ts';
import {unpackSnapshot} from './snapshot.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';

/** What a data folder holds once it is ready for a start. */
export type Data =
  | {readonly kind: 'ready'; readonly directory: string; readonly isNew: boolean}
  | {readonly kind: 'other-version'; readonly directory: string; readonly version: string};

const major = '18';

/**
 * Makes sure that the data directory `pgdata` is there, in a folder that was claimed. The snapshot is unpacked beside
 * it and then renamed: a directory that is half there would look like a whole one to PostgreSQL. Throws what the file
 * system throws.
 */
export async function prepareData(
  dataFolder: string,
  options: {readonly snapshot: string; readonly onUnpack: () => void},
): Promise<Data> {
  const directory = join(dataFolder, 'pgdata');
  const isNew = !(await exists(directory));
  if (isNew) {
    options.onUnpack();
    const unfinished = `${directory}.new`;
    await rm(unfinished, {recursive: true, force: true});
    await unpackSnapshot(options.snapshot, unfinished);
    await rename(unfinished, directory);
  }
  // a directory without the file is for PostgreSQL to judge
  const version = (await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => major)).trim();
  return version === major ? {kind: 'ready', directory, isNew} : {kind: 'other-version', directory, version};
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Deletes the data of a playground that is not running, so that the next start gets an empty one.
 * Failures: `locked` while it runs, `unwritable-file`.
 */
export async function resetPlayground(dataFolder: string): Promise<Outcome<void>> {
  const holder = await readHolder(dataFolder);
  if (holder && (await isAlive(holder)))
    return fail('locked', `The playground in ${dataFolder} runs in process ${holder.pid}.`, {
      advice: 'Stop it first.',
    });
  try {
    // the name goes first: what is half deleted must not look like a data directory
    const doomed = join(dataFolder, `pgdata.old-${Date.now()}`);
    const directory = join(dataFolder, 'pgdata');
    if (await exists(directory)) await rename(directory, doomed);
    await rm(doomed, {recursive: true, force: true});
    return ok(undefined);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('unwritable-file', `The playground's data in ${dataFolder} cannot be deleted: ${why}`, {
      advice: 'Check the rights on that folder.',
    });
  }
}
