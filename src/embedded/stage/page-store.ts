import {createHash} from 'node:crypto';
import {closeSync, ftruncateSync, openSync, readSync, writeSync} from 'node:fs';
import {deflateRawSync, inflateRawSync} from 'node:zlib';

/** PostgreSQL's block size. */
export const pageSize = 8192;
/** The number of the page of zeros, which takes no space. */
export const zeroPage = 0;

/** How a page lies in the file: its length there, and the hash of its bytes. */
export type PageEntry = readonly [length: number, hash: string];

/**
 * Pages by their content in one file that only grows; equal pages are kept once, so that two pages are equal where their
 * numbers are.
 */
export interface PageStore {
  /** @returns the page's number. `page` has `pageSize` bytes. `plain` takes more space and less time */
  add(page: Uint8Array, how?: 'plain'): number;
  read(page: number): Buffer;
  /** @returns the entries of the pages that were added since the last call */
  newcomers(): readonly PageEntry[];
  /** Of the file. */
  bytes(): number;
  close(): void;
}

/** A window as large as the page is all that is needed, and quicker to set up. */
const compression = {level: 1, windowBits: 13, chunkSize: pageSize};
const zeros = Buffer.alloc(pageSize);

/**
 * @param entries what `newcomers` gave so far; what the file holds beyond them is cut off
 * Throws what the file system throws.
 */
export function openPageStore(path: string, entries: readonly PageEntry[]): PageStore {
  const file = openSync(path, entries.length === 0 ? 'w+' : 'r+', 0o600);
  const numbers = new Map<string, number>();
  // of each page; the page of zeros is nowhere
  const offsets = [0];
  const lengths = [0];
  let end = 0;
  let told = entries.length;
  const all: PageEntry[] = [];

  function note(entry: PageEntry): number {
    const [length, hash] = entry;
    all.push(entry);
    numbers.set(hash, offsets.length);
    offsets.push(end);
    lengths.push(length);
    end += length;
    return offsets.length - 1;
  }
  for (const entry of entries) note(entry);
  ftruncateSync(file, end);

  return {
    add(page, how) {
      const hash = createHash('sha1').update(page).digest('base64');
      const known = numbers.get(hash);
      if (known !== undefined) return known;
      if (zeros.equals(page)) {
        numbers.set(hash, zeroPage);
        return zeroPage;
      }
      const smaller = how === 'plain' ? page : deflateRawSync(page, compression);
      const body = smaller.length < pageSize ? smaller : page;
      writeSync(file, body, 0, body.length, end);
      return note([body.length, hash]);
    },
    read(page) {
      const body = Buffer.allocUnsafe(lengths[page] ?? 0);
      readSync(file, body, 0, body.length, offsets[page] ?? 0);
      if (page === zeroPage) return Buffer.alloc(pageSize);
      return body.length === pageSize ? body : inflateRawSync(body);
    },
    newcomers() {
      const found = all.slice(told);
      told = all.length;
      return found;
    },
    bytes: () => end,
    close: () => closeSync(file),
  };
}
