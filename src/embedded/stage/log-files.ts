import {closeSync, openSync, readdirSync, readSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {logFolder, pagesOf, type KeptFile} from './data-files.ts';
import {pageSize, zeroPage, type PageStore} from './page-store.ts';

/** The part of the log that a start needs: from where the last checkpoint lets recovery begin, to the end. */
export interface LogRange {
  readonly from: bigint;
  readonly to: bigint;
  /** Bytes of a segment. */
  readonly segment: number;
}

type Entries = readonly (readonly [path: string, file: KeptFile])[];

/**
 * Keeps no more of the log than a start needs. The rest is zeros, where recovery finds its end: what was logged after a
 * state was kept must not be found behind it.
 * Source: https://www.postgresql.org/docs/18/wal-internals.html
 */
export function keepLog(directory: string, {from, to, segment}: LogRange, store: PageStore): Entries {
  const segments: bigint[] = [];
  const size = BigInt(segment);
  for (let number = from / size; number <= to / size; number += 1n) segments.push(number);
  return segments.map(number => {
    const start = number * size;
    // the first page of a segment has a header of its own
    const isNeeded = (page: number): boolean => {
      const at = start + BigInt(page * pageSize);
      return page === 0 || (at + BigInt(pageSize) > from && at <= to);
    };
    const path = `${logFolder}/${segmentName(number, segment)}`;
    return [path, {size: segment, pages: somePages(join(directory, path), segment, {isNeeded, store})}];
  });
}

/** Keeps the log of a server that was stopped in order. */
export function keepWholeLog(directory: string, store: PageStore): Entries {
  const names = readdirSync(join(directory, logFolder), {withFileTypes: true}).filter(each => each.isFile());
  return names.map(({name}) => {
    const path = `${logFolder}/${name}`;
    const {size} = statSync(join(directory, path));
    return [path, {size, pages: pagesOf(join(directory, path), size, store)}];
  });
}

/** @returns the name of a segment of the first timeline */
function segmentName(number: bigint, segment: number): string {
  const inLog = 0x1_0000_0000n / BigInt(segment);
  return [1n, number / inLog, number % inLog]
    .map(part => part.toString(16).toUpperCase().padStart(8, '0'))
    .join('');
}

function somePages(
  path: string,
  size: number,
  {isNeeded, store}: {readonly isNeeded: (page: number) => boolean; readonly store: PageStore},
): readonly number[] {
  const file = openSync(path, 'r');
  try {
    const page = Buffer.alloc(pageSize);
    return Array.from({length: size / pageSize}, (_, index) => {
      if (!isNeeded(index)) return zeroPage;
      readSync(file, page, 0, pageSize, index * pageSize);
      return store.add(page);
    });
  } finally {
    closeSync(file);
  }
}

/** @returns a place in the log that PostgreSQL writes as two hexadecimal halves, `0/16B3748` */
export function readPlace(text: string): bigint {
  const [high = '0', low = '0'] = text.split('/');
  return BigInt(`0x${high}`) * 0x1_0000_0000n + BigInt(`0x${low}`);
}
