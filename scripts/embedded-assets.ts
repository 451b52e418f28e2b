import {execFile} from 'node:child_process';
import {copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {promisify} from 'node:util';
import {brotliCompress, constants} from 'node:zlib';
import {build} from 'esbuild';

const root = join(import.meta.dirname, '..');
const pglite = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));

/** Raise it with any change to how the packs are made, or to what is in them. */
const recipe = 4;

/**
 * The contrib modules that migrations and the health checks use. Left out are those that only load with the server
 * (auto_explain, passwordcheck) or repair and dissect files (pg_surgery, pg_logicalinspect, pg_walinspect).
 */
const extensions =
  `amcheck bloom btree_gin btree_gist citext cube dict_int dict_xsyn earthdistance fuzzystrmatch
  hstore intarray isn lo ltree pageinspect pg_buffercache pg_freespacemap pg_stat_statements pg_trgm pg_visibility
  pgcrypto seg spi tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp`.split(/\s+/);

/**
 * Makes everything that the embedded PostgreSQL needs at run time: its two bundles, PGlite's WASM and data, the
 * extensions, and a snapshot of an initialised data directory. Needs no network; the snapshot is made once and kept
 * in `.cache/embedded`.
 * @param outDir such as `dist/embedded`; it is made anew
 */
export async function buildEmbedded(
  outDir: string,
  options: {readonly minify?: boolean} = {},
): Promise<void> {
  await rm(outDir, {recursive: true, force: true});
  await mkdir(outDir, {recursive: true});
  const {version}: {version: string} = JSON.parse(await readFile(join(pglite, '../package.json'), 'utf8'));
  const cached = (name: string): string => join(root, '.cache/embedded', `${name}-${version}-${recipe}.br`);
  await Promise.all([
    bundle(outDir, options.minify ?? true),
    ...['pglite.wasm', 'pglite.data'].map(file => copyFile(join(pglite, file), join(outDir, file))),
    ...Object.entries({snapshot: dataDirectory, extensions: unpackedExtensions}).map(async ([name, fill]) =>
      copyFile(await packed(cached(name), fill), join(outDir, `${name}.br`)),
    ),
  ]);
}

/** ES modules, because PGlite finds its files through `import.meta.url`. */
async function bundle(outDir: string, minify: boolean): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {server: 'src/embedded/server.ts', 'backend-thread': 'src/embedded/backend-thread.ts'},
    outdir: outDir,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    minify,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'warning',
    // what is bundled from CommonJS asks for Node's modules with `require`
    banner: {
      js: 'import {createRequire as __createRequire} from "node:module";const require=__createRequire(import.meta.url);',
    },
  });
}

/** @returns `file`: a pack of the folder that `fill` makes, made if it is not there. */
async function packed(file: string, fill: (folder: string) => Promise<string>): Promise<string> {
  const made = await stat(file).then(
    () => true,
    () => false,
  );
  if (made) return file;
  const folder = await mkdtemp(join(tmpdir(), 'howdah-pack-'));
  try {
    const body = await compress(await pack(await fill(folder)));
    await mkdir(dirname(file), {recursive: true});
    await writeFile(`${file}.${process.pid}`, body);
    await rename(`${file}.${process.pid}`, file);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
  return file;
}

/**
 * Runs initdb and renames the one database to `playground`. WAL segments of 1 MB instead of 16 make the first start
 * faster.
 */
async function dataDirectory(folder: string): Promise<string> {
  const {PGlite} = await import('@electric-sql/pglite');
  const dataDir = join(folder, 'pgdata');
  const fresh = await PGlite.create({dataDir, initDbStartParams: ['--wal-segsize=1']});
  await fresh.close();
  const renaming = await PGlite.create({dataDir, database: 'template1'});
  await renaming.exec('ALTER DATABASE postgres RENAME TO playground');
  await renaming.exec('COMMENT ON DATABASE playground IS NULL');
  await renaming.close();
  return dataDir;
}

async function unpackedExtensions(folder: string): Promise<string> {
  for (const name of extensions)
    await promisify(execFile)('tar', ['-xzf', join(pglite, `${name}.tar.gz`), '-C', folder]);
  return folder;
}

/** The form that `src/embedded/pack.ts` reads. */
async function pack(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const pathOf = (entry: (typeof entries)[number]): string =>
    relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
  const folders = entries
    .filter(entry => entry.isDirectory())
    .map(pathOf)
    .toSorted();
  const paths = entries
    .filter(entry => entry.isFile())
    .map(pathOf)
    .toSorted();
  const places = new Map<string, number>();
  const bodies: Buffer[] = [];
  const files: [path: string, at: number, size: number][] = [];
  let end = 0;
  for (const path of paths) {
    const body = await readFile(join(folder, path));
    const key = body.toString('latin1');
    const at = places.get(key) ?? end;
    files.push([path, at, body.length]);
    if (places.has(key)) continue;
    places.set(key, end);
    bodies.push(body);
    end += body.length;
  }
  const contents = Buffer.from(JSON.stringify({folders, files}));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(contents.length);
  return Buffer.concat([length, contents, ...bodies]);
}

function compress(data: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 10,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
}

if (import.meta.main) await buildEmbedded(join(root, 'dist/embedded'));
