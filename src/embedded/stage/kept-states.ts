import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {emptyState} from '../../core/rehearse/stage.ts';
import {createDataFiles, type DataFiles, type KeptFile, type Manifest} from './data-files.ts';
import {keepLog, keepWholeLog, type LogRange} from './log-files.ts';
import {openPageStore, type PageStore} from './page-store.ts';
import {readStateLog, writeStateLog, type StateLogWriter} from './state-log.ts';

/** States of one data directory, kept beside it as the 8 kB pages in which they differ. */
export interface KeptStates {
  names(): string[];
  /** The one that the data were those of last. */
  at(): string;
  /**
   * The server has just written a checkpoint, and writes nothing until this is done.
   * @returns whether other states were given up for it
   */
  keep(name: string, log: LogRange): boolean;
  /** The server is stopped. @returns whether there is such a state */
  goBack(name: string): boolean;
}

/** Bytes of pages: above them all states but the empty one and the new one are given up. */
const mostBytes = 250_000_000;

/**
 * @param folder holds the data directory, which belongs to a stopped server
 * @param isNew whether the data directory has just been unpacked
 * Throws what the file system throws, and where what was kept cannot be read.
 */
export function openKeptStates(
  folder: string,
  {
    directory,
    isNew,
    limit = mostBytes,
  }: {readonly directory: string; readonly isNew: boolean; readonly limit?: number},
): KeptStates {
  const kept = join(folder, 'states');
  const places = {pages: join(kept, 'pages'), log: join(kept, 'log'), at: join(kept, 'at')};
  let states = new Map<string, Manifest>();
  let store: PageStore;
  let files: DataFiles;
  let log: StateLogWriter;
  let at = emptyState;

  function renew(): void {
    rmSync(kept, {recursive: true, force: true});
    mkdirSync(kept, {recursive: true, mode: 0o700});
    states = new Map();
    store = openPageStore(places.pages, []);
    files = createDataFiles(directory, store);
    log = writeStateLog(places.log, undefined);
  }

  function begin(): void {
    renew();
    add(emptyState, new Map([...files.scan(), ...keepWholeLog(directory, store)]));
  }

  function giveUp(): void {
    const old = store;
    const empty = states.get(emptyState) ?? new Map<string, KeptFile>();
    renew();
    const moved = [...empty].map(([path, {size, pages}]) => {
      const copy: KeptFile = {size, pages: pages.map(page => store.add(old.read(page)))};
      return [path, copy] as const;
    });
    old.close();
    add(emptyState, new Map(moved));
  }

  function resume(): void {
    const read = readStateLog(places.log);
    states = new Map(read.states);
    store = openPageStore(places.pages, read.pages);
    files = createDataFiles(directory, store);
    log = writeStateLog(places.log, [...states.values()].at(-1));
    const last = readFileSync(places.at, 'utf8');
    goBack(states.has(last) ? last : emptyState);
  }

  function add(name: string, manifest: Manifest): void {
    states.set(name, manifest);
    log.append(name, manifest, store.newcomers());
    arrive(name);
  }

  function arrive(name: string): void {
    at = name;
    writeFileSync(places.at, name, {mode: 0o600});
  }

  function goBack(name: string): boolean {
    const manifest = states.get(name);
    if (!manifest) return false;
    files.write(manifest);
    arrive(name);
    return true;
  }

  if (isNew) begin();
  else resume();
  return {
    names: () => [...states.keys()],
    at: () => at,
    keep(name, range) {
      const isFull = store.bytes() > limit;
      if (isFull) giveUp();
      add(name, new Map([...files.scan(), ...keepLog(directory, range, store)]));
      return isFull;
    },
    goBack,
  };
}
