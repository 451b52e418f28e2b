import {cp, mkdir, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {build, type Metafile} from 'esbuild';
import {joinParts} from './join-parts.ts';

const root = join(import.meta.dirname, '..');

// What CommonJS packages find around them.
const around = `import {createRequire as __require} from 'node:module';
const require = __require(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;
`;
const looksAround = /\btypeof require\b|\b__(?:dirname|filename)\b/;

/**
 * Bundles the extension host and the command line, which share their parts: what either needs first is small, and each part
 * that is used later is a file of its own.
 * @param outDir such as `dist`
 * @returns what went in
 */
export async function buildPrograms(outDir: string, {minify}: {readonly minify: boolean}): Promise<Metafile> {
  const {metafile, outputFiles} = await build({
    absWorkingDir: root,
    entryPoints: {extension: 'src/extension.ts', cli: 'src/cli/main.ts'},
    outdir: outDir,
    write: false,
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
    ...(minify ? {} : {banner: {js: around}}),
  });
  const texts = minify
    ? await joinParts(outputFiles, metafile, 'extension.mjs', 'vscode')
    : new Map(outputFiles.map(({path, text}) => [basename(path), text]));
  await mkdir(outDir, {recursive: true});
  await Promise.all([
    ...[...texts].map(([name, text]) =>
      writeFile(join(outDir, name), minify ? withAround(text) : text, modeOf(text)),
    ),
    cp(join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm'), join(outDir, 'libpg-query.wasm')),
  ]);
  return metafile;
}

/** Only a few files have CommonJS packages in them. */
function withAround(text: string): string {
  if (!looksAround.test(text)) return text;
  const [line = ''] = /^#!.*\n/.exec(text) ?? [];
  return line + around + text.slice(line.length);
}

/** What a shell starts may be executed. */
function modeOf(text: string): {readonly mode?: number} {
  return text.startsWith('#!') ? {mode: 0o755} : {};
}
