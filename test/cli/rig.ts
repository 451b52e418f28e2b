import {spawn, type ChildProcess} from 'node:child_process';
import {cp, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {build} from 'esbuild';
import {buildEmbedded} from '../../scripts/embedded-assets.ts';

const root = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** What has been written until now, to both streams. */
  output(): string;
  readonly ended: Promise<Ended>;
}

export interface CallOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly input?: string;
  /** The program to run it with, when it is not this process's Node. */
  readonly node?: string;
}

/** The bundled program, built as it is shipped. */
export interface Cli {
  /** Everything that any call has written, for the search for secrets. */
  readonly written: string[];
  start(args: readonly string[], options: CallOptions): Started;
  run(args: readonly string[], options: CallOptions): Promise<Ended>;
  /**
   * Runs it on a pseudo-terminal; both streams come as `stdout`.
   * @param answers what to type, each once its question has been shown
   */
  onTerminal(
    args: readonly string[],
    answers: readonly (readonly [question: string, answer: string])[],
    options: CallOptions,
  ): Promise<Ended>;
  remove(): Promise<void>;
}

/** Bundles the command line into a folder of its own. */
export async function buildCli(): Promise<Cli> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-cli-'));
  const bundle = join(folder, 'dist/cli.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['pg-native'],
    define: {'import.meta.url': '__moduleUrl'},
    banner: {js: 'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;'},
    logLevel: 'error',
  });
  const shipped = ['libpg-query.wasm'];
  await Promise.all(
    shipped.map(name => cp(join(root, 'node_modules/libpg-query/wasm', name), join(folder, 'dist', name))),
  );
  await buildEmbedded(join(folder, 'dist/embedded'));
  await symlink(join(root, 'migrations-templates'), join(folder, 'migrations-templates'));
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  return cliIn(folder, bundle);
}

function cliIn(folder: string, bundle: string): Cli {
  const written: string[] = [];
  const begin = (command: string, args: readonly string[], {cwd, env}: CallOptions): Started => {
    const child = spawn(command, args, {cwd, env: {PATH: process.env['PATH'] ?? '', HOME: cwd, ...env}});
    const parts = {stdout: '', stderr: ''};
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => void (parts[stream] += text));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject).once('close', code => {
        written.push(parts.stdout, parts.stderr);
        resolve({code, ...parts});
      });
    });
    return {child, output: () => parts.stdout + parts.stderr, ended};
  };
  const start: Cli['start'] = (args, options) => {
    const started = begin(options.node ?? process.execPath, [bundle, ...args], options);
    started.child.stdin?.end(options.input ?? '');
    return started;
  };
  return {
    written,
    start,
    run: (args, options) => start(args, options).ended,
    onTerminal: async (args, answers, options) => {
      const line = [process.execPath, bundle, ...args].map(word => `'${word}'`).join(' ');
      const started = begin('script', ['-qec', line, '/dev/null'], {
        ...options,
        env: {TERM: 'xterm', ...options.env},
      });
      let seen = 0;
      for (const [question, answer] of answers) {
        await until(() => started.output().includes(question, seen) || started.child.exitCode !== null);
        // The question may come in pieces: what is typed before its end would answer nothing.
        await until(isQuiet(() => started.output()));
        seen = started.output().length;
        started.child.stdin?.write(answer);
      }
      return started.ended;
    },
    remove: () => rm(folder, {recursive: true, force: true}),
  };
}

/** @returns a condition: nothing was written while it was asked four times */
function isQuiet(output: () => string): () => boolean {
  const lengths: number[] = [];
  return () => {
    lengths.push(output().length);
    return lengths.length > 3 && lengths.at(-1) === lengths.at(-4);
  };
}

/** Waits until `condition` holds, for at most 20 seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

export interface Folder {
  readonly path: string;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  remove(): Promise<void>;
}

/** Makes a repository with these files, by their paths in it. */
export async function createFolder(files: Readonly<Record<string, string>>): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'howdah-repository-'));
  const write = async (more: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(more)) {
      await mkdir(dirname(join(path, name)), {recursive: true});
      await writeFile(join(path, name), text);
    }
  };
  await write(files);
  return {path, write, remove: () => rm(path, {recursive: true, force: true})};
}
