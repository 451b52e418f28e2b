import {readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {answers, removeAddress} from './endpoint.ts';
import {Holder} from './messages.ts';

/** One process for each data folder: two would ruin the data, since PGlite itself does not look. */
export type Claim = {readonly kind: 'ours'} | {readonly kind: 'held'; readonly by: Holder};

const lockFile = (dataFolder: string): string => join(dataFolder, 'lock.json');

/**
 * Claims a folder for a server that listens already, and clears away what a server that crashed left behind.
 * Throws what the file system throws.
 */
export async function claim(dataFolder: string, us: Holder): Promise<Claim> {
  const content = JSON.stringify(us);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const written = await writeFile(lockFile(dataFolder), content, {flag: 'wx', mode: 0o600}).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (written) return {kind: 'ours'};
    const by = await readHolder(dataFolder);
    if (by && (await isAlive(by))) return {kind: 'held', by};
    await clearStale(dataFolder, by);
  }
  throw new Error('the lock file changes hands too quickly');
}

/** @returns who holds the folder according to its lock file, alive or not. */
export async function readHolder(dataFolder: string): Promise<Holder | undefined> {
  const text = await readFile(lockFile(dataFolder), 'utf8').catch(() => '');
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A process number is used again, and so is a port; a server that is alive has both. */
export async function isAlive(holder: Holder): Promise<boolean> {
  return isRunning(holder.pid) && answers(holder);
}

/** @returns whether there is a process of that number, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Takes the lock away from a holder that is gone, but not from one that came in between. */
async function clearStale(dataFolder: string, seen: Holder | undefined): Promise<void> {
  const aside = `${lockFile(dataFolder)}.${process.pid}`;
  const moved = await rename(lockFile(dataFolder), aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const text = await readFile(aside, 'utf8').catch(() => '');
  if (seen && text !== JSON.stringify(seen)) return rename(aside, lockFile(dataFolder));
  if (seen) await removeAddress(seen);
  await rm(aside, {force: true});
}

/** Removes lock and socket of the process `pid`, which has ended. */
export async function release(dataFolder: string, pid: number): Promise<void> {
  const holder = await readHolder(dataFolder);
  if (holder?.pid !== pid) return;
  await removeAddress(holder);
  await rm(lockFile(dataFolder), {force: true});
}
