import {createHash} from 'node:crypto';
import {closeSync, ftruncateSync, openSync, readSync, writeSync} from 'node:fs';

/** PostgreSQL's block size. */
export const pageSize = 8192;
/** The number of the page of zeros, which takes no space. */
export const zeroPage = 0;

/**
 * Pages by their content in one file that only grows; equal pages are kept once, so that two pages are equal where their
 * numbers are. They are not compressed: that would take longer than all the rest of keeping a state and going back to
 * it, and a history of a hundred files takes 50 MB.
 */
export interface PageStore {
  /** @returns the page's number. `page` has `pageSize` bytes */
  add(page: Uint8Array): number;
  read(page: number): Buffer;
  /** @returns the hashes of the pages that were added since the last call, in the order of their numbers */
  newcomers(): readonly string[];
  /** Of the file. */
  bytes(): number;
  close(): void;
}

const zeros = Buffer.alloc(pageSize);

/**
 * @param hashes what `newcomers` gave so far; what the file holds beyond them is cut off
 * Throws what the file system throws.
 */
export function openPageStore(path: string, hashes: readonly string[]): PageStore {
  const file = openSync(path, hashes.length === 0 ? 'w+' : 'r+', 0o600);
  const numbers = new Map([hashOf(zeros), ...hashes].map((hash, page) => [hash, page]));
  const end = (): number => (numbers.size - 1) * pageSize;
  let newcomers: string[] = [];
  ftruncateSync(file, end());

  return {
    add(page) {
      const hash = hashOf(page);
      const known = numbers.get(hash);
      if (known !== undefined) return known;
      writeSync(file, page, 0, pageSize, end());
      newcomers.push(hash);
      numbers.set(hash, numbers.size);
      return numbers.size - 1;
    },
    read(page) {
      const bytes = Buffer.alloc(pageSize);
      if (page !== zeroPage) readSync(file, bytes, 0, pageSize, (page - 1) * pageSize);
      return bytes;
    },
    newcomers() {
      const found = newcomers;
      newcomers = [];
      return found;
    },
    bytes: end,
    close: () => closeSync(file),
  };
}

function hashOf(page: Uint8Array): string {
  return createHash('sha1').update(page).digest('base64');
}
