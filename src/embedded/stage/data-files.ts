import {
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
  type Stats,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {pageSize, zeroPage, type PageStore} from './page-store.ts';

/** A file as it is kept: the last page is filled up with zeros. */
export interface KeptFile {
  readonly size: number;
  /** Numbers in the page store. */
  readonly pages: readonly number[];
}

/** All files of a data directory by their paths in it, with `/` on every system. */
export type Manifest = ReadonlyMap<string, KeptFile>;

/** The files of a data directory whose server is stopped or has just written a checkpoint. */
export interface DataFiles {
  /** Adds the pages of what has changed to the store. The log is not among the files. */
  scan(): Manifest;
  /** Makes the files those of `manifest`, its log among them. */
  write(manifest: Manifest): void;
}

/** The log is small in a kept state, and is written anew at every `write`. */
export const logFolder = 'pg_wal';
/** The template databases, to which nobody connects, and what belongs to one run of the server. */
const passedOver = new Set([
  'base/1',
  'base/4',
  logFolder,
  'pg_dynshmem',
  'pg_stat_tmp',
  'base/pgsql_tmp',
  'postmaster.pid',
]);
/** A file that was written this many milliseconds ago may be written again without a change of its time. */
const clockStep = 50;

interface Known {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly isSettled: boolean;
  readonly file: KeptFile;
}

/** Throws what the file system throws. */
export function createDataFiles(directory: string, store: PageStore): DataFiles {
  const known = new Map<string, Known>();

  function note(path: string, stats: Stats, file: KeptFile): void {
    const {size, mtimeMs, ino} = stats;
    // Windows tells the time of the last write late while a file is open
    const isSettled = process.platform !== 'win32' && mtimeMs < Date.now() - clockStep;
    known.set(path, {size, mtimeMs, ino, isSettled, file});
  }

  /** @returns the file as it was last seen, if it has not changed since */
  function unchanged(path: string, stats: Stats): KeptFile | undefined {
    const seen = known.get(path);
    const isSame =
      seen?.isSettled === true &&
      seen.size === stats.size &&
      seen.mtimeMs === stats.mtimeMs &&
      seen.ino === stats.ino;
    return isSame ? seen.file : undefined;
  }

  function read(path: string, stats: Stats): KeptFile {
    const pages = pagesOf(join(directory, path), stats.size, store);
    const before = known.get(path)?.file;
    const file = before && isEqual(before, {size: stats.size, pages}) ? before : {size: stats.size, pages};
    note(path, stats, file);
    return file;
  }

  function put(path: string, file: KeptFile, now: KeptFile | undefined): void {
    if (now && isEqual(now, file)) return;
    const full = join(directory, path);
    writePages(full, file, now, store);
    note(path, lstatSync(full), file);
  }

  return {
    scan() {
      const found = [...walk(directory)].map(
        ([path, stats]) => [path, unchanged(path, stats) ?? read(path, stats)] as const,
      );
      return new Map(found);
    },
    write(manifest) {
      rmSync(join(directory, 'postmaster.pid'), {force: true});
      clearLog(directory);
      const there = new Map([...walk(directory)].map(([path, stats]) => [path, unchanged(path, stats)]));
      for (const path of there.keys()) {
        if (manifest.has(path)) continue;
        rmSync(join(directory, path));
        known.delete(path);
      }
      for (const folder of new Set([...manifest.keys()].map(path => dirname(path))))
        mkdirSync(join(directory, folder), {recursive: true, mode: 0o700});
      for (const [path, file] of manifest) put(path, file, there.get(path));
      removeDatabases(directory, manifest);
    },
  };
}

/** The files of all folders but those that are passed over. */
function* walk(directory: string, folder = ''): Generator<readonly [path: string, stats: Stats]> {
  for (const entry of readdirSync(join(directory, folder), {withFileTypes: true})) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (passedOver.has(path)) continue;
    if (entry.isDirectory()) yield* walk(directory, path);
    else yield [path, lstatSync(join(directory, path))];
  }
}

function clearLog(directory: string): void {
  const log = join(directory, logFolder);
  for (const entry of readdirSync(log, {withFileTypes: true}))
    if (entry.isFile()) rmSync(join(log, entry.name));
}

/** A database's folder that is in the way of the next one with its number. */
function removeDatabases(directory: string, manifest: Manifest): void {
  const kept = new Set([...manifest.keys()].map(path => dirname(path)));
  for (const name of readdirSync(join(directory, 'base'))) {
    const path = `base/${name}`;
    if (!kept.has(path) && !passedOver.has(path)) rmSync(join(directory, path), {recursive: true});
  }
}

/** @returns the numbers of a file's pages, which are added where they are new */
export function pagesOf(path: string, size: number, store: PageStore): readonly number[] {
  const file = openSync(path, 'r');
  try {
    const pages: number[] = [];
    const page = Buffer.alloc(pageSize);
    for (let at = 0; at < size; at += pageSize) {
      const length = readSync(file, page, 0, pageSize, at);
      page.fill(0, length);
      pages.push(store.add(page));
    }
    return pages;
  } finally {
    closeSync(file);
  }
}

function writePages(
  path: string,
  {size, pages}: KeptFile,
  now: KeptFile | undefined,
  store: PageStore,
): void {
  const file = openSync(path, now ? 'r+' : 'w', 0o600);
  try {
    ftruncateSync(file, size);
    for (const [index, page] of pages.entries()) {
      const before = now ? now.pages[index] : zeroPage;
      const at = index * pageSize;
      if (page !== before) writeSync(file, store.read(page), 0, Math.min(pageSize, size - at), at);
    }
  } finally {
    closeSync(file);
  }
}

function isEqual(one: KeptFile, other: KeptFile): boolean {
  return (
    one === other ||
    (one.size === other.size &&
      one.pages.length === other.pages.length &&
      one.pages.every((page, index) => page === other.pages[index]))
  );
}
