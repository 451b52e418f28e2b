import {execFile} from 'node:child_process';
import {open, type FileHandle} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {PretendedFile} from '../core/explain/what-if.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {emptyTreeLevels, rootInMetapage} from './what-if-pages.ts';

const blockSize = 8192;
/** A relation is kept in files of 1 GB. */
const blocksInSegment = 131_072;
/** A file that is all hole takes at most this many bytes on the disk. */
const mostOfHole = 1_048_576;

/**
 * Makes the files of relations as large as `files` tells, with holes that take no space. A block of zeros is a legal
 * one: a page that was added and never used.
 * Source: https://www.postgresql.org/docs/18/storage-file-layout.html; PageIsVerified in bufpage.c
 * @param dataDirectory of a server that has not yet read any of their blocks
 */
export async function pretendSizes(
  dataDirectory: string,
  files: readonly PretendedFile[],
): Promise<Outcome<void>> {
  try {
    for (const {path, blocks, treeHeight} of files) {
      const file = join(dataDirectory, path);
      // the first blocks of an index are real, and are never taken away
      if (treeHeight !== undefined) await growTree(file, treeHeight);
      if (!(await grow(file, blocks))) return noHoles();
    }
    return ok(undefined);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('unwritable-file', `The embedded PostgreSQL's files cannot be made larger: ${why}`, {
      advice: 'Check that the folder for temporary files can be written to.',
    });
  }
}

/** @returns false when the file system takes space for a hole */
async function grow(file: string, blocks: number): Promise<boolean> {
  for (let segment = 0, left = blocks; left > 0; segment += 1, left -= blocksInSegment) {
    const path = segment === 0 ? file : `${file}.${segment}`;
    if (!(await growSegment(path, Math.min(left, blocksInSegment) * blockSize))) return false;
  }
  return true;
}

async function growSegment(path: string, bytes: number): Promise<boolean> {
  const handle = await open(path, 'a');
  try {
    const {size} = await handle.stat();
    if (size >= bytes) return true;
    if (process.platform === 'win32' && !(await markSparse(path, bytes - size))) return false;
    await handle.truncate(bytes);
    if ((await takesNoSpace(handle)) || bytes - size <= mostOfHole) return true;
    await handle.truncate(size);
    return false;
  } finally {
    await handle.close();
  }
}

/** Windows tells no blocks, and makes holes only in files that say so. */
async function takesNoSpace(handle: FileHandle): Promise<boolean> {
  if (process.platform === 'win32') return true;
  return (await handle.stat()).blocks * 512 <= mostOfHole;
}

async function markSparse(path: string, bytes: number): Promise<boolean> {
  if (bytes <= mostOfHole) return true;
  return promisify(execFile)('fsutil', ['sparse', 'setflag', path], {windowsHide: true}).then(
    () => true,
    () => false,
  );
}

function noHoles(): Outcome<never> {
  return fail('unsupported', 'The file system of the folder for temporary files has no sparse files.', {
    advice: 'Install HypoPG on the server (CREATE EXTENSION hypopg), which needs no files for a what-if.',
  });
}

/** Gives an empty B-tree the height of a full one. */
async function growTree(file: string, height: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const root = rootInMetapage(height);
    await handle.write(root.bytes, 0, root.bytes.length, root.offset);
    const levels = emptyTreeLevels(height);
    await handle.write(levels, 0, levels.length, blockSize);
  } finally {
    await handle.close();
  }
}
