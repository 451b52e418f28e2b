import {execFile} from 'node:child_process';
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {gzipSync} from 'node:zlib';
import {mebibytes, type Figure} from './figure.ts';

const root = join(import.meta.dirname, '../..');

/** The size of the packaged extension, with and without the embedded PostgreSQL. */
export async function measurePackage(): Promise<readonly Figure[]> {
  const run = promisify(execFile);
  await run('npm', ['run', 'build'], {cwd: root});
  await run('npm', ['run', 'package'], {cwd: root});
  const {size} = await stat(join(root, '.cache/howdah.vsix'));
  const embedded = await sizeInArchive('extension/dist/embedded/');
  const compressed = async (panel: string): Promise<number> =>
    gzipSync(await readFile(join(root, `dist/webview/${panel}.js`))).length;
  return [
    {what: 'VSIX', measured: mebibytes(size), goal: '≤ 12 MiB'},
    {what: 'VSIX without the embedded PostgreSQL', measured: mebibytes(size - embedded), goal: '≤ 2.5 MiB'},
    {what: 'run panel, compressed', measured: mebibytes(await compressed('run'))},
    {what: 'plan panel, compressed', measured: mebibytes(await compressed('explain')), goal: '≤ 200 kB'},
  ];
}

/** @returns compressed bytes of the entries below a folder, read from the archive's central directory. */
async function sizeInArchive(prefix: string): Promise<number> {
  const archive = await readFile(join(root, '.cache/howdah.vsix'));
  const entry = 0x02014b50;
  let total = 0;
  let at = archive.readUInt32LE(archive.lastIndexOf('PK\u0005\u0006') + 16);
  while (archive.readUInt32LE(at) === entry) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (name.startsWith(prefix)) total += archive.readUInt32LE(at + 20);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return total;
}
