import {readFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {brotliDecompress} from 'node:zlib';
import * as z from 'zod/mini';

/**
 * A folder in one file, compressed with Brotli: four bytes with the length of a JSON list of folders and files, the
 * list, and the contents, where equal ones are there once. `scripts/embedded-assets.ts` writes it.
 */
const Contents = z.object({
  folders: z.array(z.string()),
  /** The place counts from the end of the list. */
  files: z.array(z.tuple([z.string(), z.int(), z.int()])),
});

export interface Pack {
  /** Each before those that are in it. */
  readonly folders: readonly string[];
  readonly files: readonly (readonly [path: string, contents: Uint8Array])[];
}

/** @returns the bytes of a pack, for `readPack`. Throws what the file system throws. */
export async function unpack(file: string): Promise<Uint8Array> {
  return promisify(brotliDecompress)(await readFile(file));
}

/** @returns what is in a pack; the contents are views of its bytes */
export function readPack(bytes: Uint8Array): Pack {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + buffer.readUInt32BE(0);
  const {folders, files} = Contents.parse(JSON.parse(buffer.toString('utf8', 4, start)));
  return {
    folders,
    files: files.map(([path, at, size]) => [path, buffer.subarray(start + at, start + at + size)]),
  };
}
