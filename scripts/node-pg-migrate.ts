import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';

const root = join(import.meta.dirname, '..');

/**
 * Makes the program that runs migrations in JavaScript and TypeScript, with node-pg-migrate and the driver for projects
 * that have no copy of their own. The compiler for TypeScript finds its files by its own place, so it is shipped as it is.
 * @param outDir such as `dist/node-pg-migrate`
 */
export async function buildNodePgMigrate(
  outDir: string,
  {minify}: {readonly minify: boolean},
): Promise<Metafile> {
  const [{metafile}] = await Promise.all([
    build({
      absWorkingDir: root,
      entryPoints: {runner: 'src/frameworks/node-pg-migrate/runner/main.ts'},
      outdir: outDir,
      outExtension: {'.js': '.mjs'},
      bundle: true,
      minify,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      splitting: true,
      chunkNames: 'library-[hash]',
      logLevel: 'warning',
      legalComments: 'none',
      metafile: true,
      external: ['pg-native'],
      plugins: [
        {
          name: 'jiti',
          setup: builder =>
            builder.onResolve({filter: /^jiti$/}, () => ({path: './jiti/lib/jiti.mjs', external: true})),
        },
      ],
      banner: {
        js: `import {createRequire as __require} from 'node:module';
const require = __require(import.meta.url);`,
      },
    }),
    ...['lib', 'dist', 'package.json'].map(part =>
      cp(join(root, 'node_modules/jiti', part), join(outDir, 'jiti', part), {recursive: true}),
    ),
  ]);
  return metafile;
}
