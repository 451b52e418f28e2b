import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Metafile} from 'esbuild';
import * as z from 'zod/mini';

const root = join(import.meta.dirname, '..');

const Manifest = z.object({version: z.string(), license: z.string()});

/** Shipped as files beside the bundles: PostgreSQL as WASM, and its parser. */
const shipped = ['@electric-sql/pglite', 'libpg-query'];

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

/** @returns the last package on a path: one may lie in another's folder. */
function packageOf(input: string): string | undefined {
  return [...input.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1)?.[1];
}

async function notice(name: string): Promise<string> {
  const folder = join(root, 'node_modules', name);
  const {version, license} = Manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
