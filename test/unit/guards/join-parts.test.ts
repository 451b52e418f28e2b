import {spawnSync} from 'node:child_process';
import {mkdtemp, mkdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {build} from 'esbuild';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {joinParts} from '../../../scripts/join-parts.ts';

/** `node:os` stands for what only the editor has. */
const sources = {
  'editor.ts': `import {word} from './words.ts'; import {machine} from './machine.ts'; import {count} from './count.ts';
    export const start = () => [word('editor'), typeof machine(), count()];
    export const later = () => import('./later.ts').then(({both}) => both());`,
  'program.ts': `import {word} from './words.ts'; import {count} from './count.ts';
    export const start = () => [word('program'), count()];
    export const later = () => import('./soon.ts').then(({soon}) => soon());`,
  'words.ts': `export const word = (text: string) => 'word of ' + text;`,
  'machine.ts': `import {platform} from 'node:os'; export const machine = () => platform();`,
  'count.ts': `let counted = 0; export const count = () => (counted += 1);`,
  'soon.ts': `import {count} from './count.ts'; export const soon = () => ['soon', count()];`,
  'later.ts': `import {machine} from './machine.ts'; import {count} from './count.ts'; import {soon} from './soon.ts';
    export const both = () => [typeof machine(), count(), ...soon()];`,
};

let folder = '';
let joined: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-parts-'));
  for (const [name, text] of Object.entries(sources)) await write(join(folder, 'src', name), text);
  const {outputFiles, metafile} = await build({
    absWorkingDir: folder,
    entryPoints: {editor: 'src/editor.ts', program: 'src/program.ts'},
    outdir: join(folder, 'dist'),
    outExtension: {'.js': '.mjs'},
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  joined = await joinParts(outputFiles, metafile, 'editor.mjs', 'node:os');
  for (const [name, text] of joined) await write(join(folder, 'dist', name), text);
});

afterAll(() => rm(folder, {recursive: true, force: true}));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, text);
}

/** What a file and all that it imports at once import. */
function imported(name: string, found = new Set<string>()): ReadonlySet<string> {
  for (const [, path = ''] of (joined.get(name) ?? '').matchAll(/(?:from|import)\s*"([^"]+)"/g)) {
    found.add(path);
    imported(path.replace('./', ''), found);
  }
  return found;
}

describe('what is loaded at start', () => {
  it('is two files for the editor', () => {
    expect([...imported('editor.mjs')].filter(path => path.startsWith('.'))).toEqual(['./start.mjs']);
  });

  it('is nothing of the editor’s own for others', () => {
    expect(imported('editor.mjs')).toContain('node:os');
    expect(imported('program.mjs')).toContain('./start.mjs');
    expect(imported('program.mjs')).not.toContain('node:os');
  });

  it('is there once, whoever loads it', () => {
    const called = ['editor.mjs', 'program.mjs'].map(
      name => `await import('./${name}').then(async ({start, later}) => [start(), await later()])`,
    );
    const script = `console.log(JSON.stringify([${called.join()}]))`;
    const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: join(folder, 'dist'),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([
      [
        ['word of editor', 'string', 1],
        ['string', 2, 'soon', 3],
      ],
      [
        ['word of program', 4],
        ['soon', 5],
      ],
    ]);
  });
});
