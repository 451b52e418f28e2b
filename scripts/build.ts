import {cp, mkdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {build, type BuildOptions} from 'esbuild';
import {buildEmbedded} from './embedded-assets.ts';
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

/** One bundle for each process: extension host, command line, embedded server; and one for each panel. */
const node: BuildOptions = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outExtension: {'.js': '.cjs'},
  external: ['vscode', 'pg-native'],
  // zod looks at `navigator` to learn where it runs; the extension host logs an error for whoever does.
  define: {'import.meta.url': '__moduleUrl', navigator: 'undefined'},
  banner: {js: 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;'},
};

async function main(): Promise<void> {
  await rm(join(root, 'dist'), {recursive: true, force: true});
  await mkdir(join(root, 'dist'), {recursive: true});
  await Promise.all([
    build({...node, entryPoints: {extension: 'src/extension.ts'}, outdir: 'dist'}),
    build({...node, entryPoints: {cli: 'src/cli/main.ts'}, outdir: 'dist'}),
    buildWebviews(join(root, 'dist/webview'), {minify}),
    buildEmbedded(join(root, 'dist/embedded'), {minify}),
    cp(join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(root, 'dist/libpg-query.wasm')),
  ]);
}

await main();
