import {cp, mkdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {build, type BuildOptions} from 'esbuild';
import {buildEmbedded} from './embedded-assets.ts';
import {buildNodePgMigrate} from './node-pg-migrate.ts';
import {writeNotices} from './notices.ts';
import {buildWebviews} from './webview.ts';

const root = join(import.meta.dirname, '..');
const minify = !process.argv.includes('--debug');

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify,
  sourcemap: minify ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};

const node: BuildOptions = {
  ...shared,
  platform: 'node',
  external: ['vscode', 'pg-native'],
};

/** The extension host: what the first tree row needs is one file, and each part that is loaded later another. */
const extensionHost: BuildOptions = {
  ...node,
  entryPoints: {extension: 'src/extension.ts'},
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  target: 'node22',
  outExtension: {'.js': '.mjs'},
  chunkNames: 'extension-[hash]',
  // zod looks at `navigator` to learn where it runs; the extension host logs an error for whoever does.
  define: {navigator: 'undefined'},
  // What CommonJS packages find around them.
  banner: {
    js: `import {createRequire as __require} from 'node:module';
const require = __require(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;`,
  },
};

const commandLine: BuildOptions = {
  ...node,
  entryPoints: {cli: 'src/cli/main.ts'},
  outdir: 'dist',
  format: 'cjs',
  target: 'node20',
  outExtension: {'.js': '.cjs'},
  define: {'import.meta.url': '__moduleUrl'},
  banner: {js: 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;'},
};

async function main(): Promise<void> {
  await rm(join(root, 'dist'), {recursive: true, force: true});
  await mkdir(join(root, 'dist'), {recursive: true});
  const [host, cli, webviews, programs] = await Promise.all([
    build(extensionHost),
    build(commandLine),
    buildWebviews(join(root, 'dist/webview'), {minify}),
    buildNodePgMigrate(join(root, 'dist/node-pg-migrate'), {minify}),
    buildEmbedded(join(root, 'dist/embedded'), {minify}),
    cp(join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(root, 'dist/libpg-query.wasm')),
  ]);
  const bundled = [host.metafile, cli.metafile, webviews, programs].filter(
    metafile => metafile !== undefined,
  );
  await writeNotices(bundled, join(root, 'dist/THIRD-PARTY-NOTICES.txt'));
}

await main();
