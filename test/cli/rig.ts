import {spawn, type ChildProcess} from 'node:child_process';
import {cp, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {buildEmbedded} from '../../scripts/embedded-assets.ts';
import {buildPrograms} from '../../scripts/programs.ts';

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

/** The bundled program. */
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
}

/**
 * Bundles the command line as it is shipped.
 * @returns a folder of its own; the caller removes it
 */
export async function buildCli(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-cli-'));
  await Promise.all([
    buildPrograms(join(folder, 'dist'), {minify: true}),
    buildEmbedded(join(folder, 'dist/embedded')),
    symlink(join(root, 'migrations-templates'), join(folder, 'migrations-templates')),
    cp(join(root, 'package.json'), join(folder, 'package.json')),
  ]);
  return folder;
}

/** @param folder where {@link buildCli} put it */
export function cliIn(folder: string): Cli {
  const bundle = join(folder, 'dist/cli.mjs');
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
