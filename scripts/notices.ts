import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Metafile} from 'esbuild';
import * as z from 'zod/mini';

const root = join(import.meta.dirname, '..');

const Manifest = z.object({version: z.string(), license: z.string()});

/** Shipped as files beside the bundles: PostgreSQL as WASM, its parser, and a compiler for TypeScript. */
const shipped = ['@electric-sql/pglite', 'jiti', 'libpg-query'];

/**
 * Writes the licences of everything that is bundled, as they ask for.
 * @param metafiles what went into the bundles
 * @param file where to, such as `dist/THIRD-PARTY-NOTICES.txt`
 */
export async function writeNotices(metafiles: readonly Metafile[], file: string): Promise<void> {
  const inputs = metafiles.flatMap(({inputs: files}) => Object.keys(files));
  const names = new Set([...shipped, ...inputs.flatMap(input => packageOf(input) ?? [])]);
  const notices = await Promise.all([...names].toSorted().map(notice));
  await writeFile(file, notices.join(`\n${'-'.repeat(80)}\n\n`));
}

/** @returns the last package on a path, with those around it: one may lie in another's folder. */
function packageOf(input: string): string | undefined {
  return /node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
}

async function notice(path: string): Promise<string> {
  const folder = join(root, 'node_modules', path);
  const name = path.split('/node_modules/').at(-1);
  const {version, license} = Manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
