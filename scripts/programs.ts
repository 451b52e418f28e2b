import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Bundles the extension host and the command line, which share their parts: what either needs first is small, and each part
 * that is used later is a file of its own.
 * @param outDir such as `dist`
 * @returns what went in
 */
export async function buildPrograms(outDir: string, {minify}: {readonly minify: boolean}): Promise<Metafile> {
  const [{metafile}] = await Promise.all([
    build({
      absWorkingDir: root,
      entryPoints: {extension: 'src/extension.ts', cli: 'src/cli/main.ts'},
      outdir: outDir,
      bundle: true,
      splitting: true,
      chunkNames: 'part-[hash]',
      outExtension: {'.js': '.mjs'},
      platform: 'node',
      format: 'esm',
      // The command line runs on the Node that there is; the editor's is newer.
      target: 'node20.11',
      external: ['vscode', 'pg-native'],
      minify,
      sourcemap: minify ? false : 'linked',
      logLevel: 'warning',
      legalComments: 'none',
      metafile: true,
      // zod looks at `navigator` to learn where it runs; the extension host logs an error for whoever does.
      define: {navigator: 'undefined'},
      // What CommonJS packages find around them.
      banner: {
        js: `import {createRequire as __require} from 'node:module';
const require = __require(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;`,
      },
    }),
    cp(join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(outDir, 'libpg-query.wasm')),
  ]);
  return metafile;
}
