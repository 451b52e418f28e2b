import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {brotliDecompress} from 'node:zlib';
import * as z from 'zod/mini';

/**
 * A folder in one file, compressed with Brotli: four bytes with the length of a JSON list of folders and files, the
 * list, and the files' contents one after the other. `scripts/embedded-assets.ts` writes it.
 */
const Contents = z.object({
  folders: z.array(z.string()),
  files: z.array(z.tuple([z.string(), z.int()])),
});

/** Unpacks `file` into `folder`, which this user alone can enter. Throws what the file system throws. */
export async function unpackSnapshot(file: string, folder: string): Promise<void> {
  const bytes = await promisify(brotliDecompress)(await readFile(file));
  const start = 4 + bytes.readUInt32BE(0);
  const contents = Contents.parse(JSON.parse(bytes.toString('utf8', 4, start)));
  await mkdir(folder, {recursive: true, mode: 0o700});
  for (const inner of contents.folders) await mkdir(join(folder, inner), {recursive: true, mode: 0o700});
  let at = start;
  for (const [path, size] of contents.files) {
    await writeFile(join(folder, path), bytes.subarray(at, at + size), {mode: 0o600});
    at += size;
  }
}
