import {spawnSync} from 'node:child_process';
import {copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

const root = join(import.meta.dirname, '../../..');

/**
 * A checkout in miniature: the project's real linter and compiler settings, and no file but those planted. Nothing
 * is planted in the project itself, where a crash would leave it.
 */
export interface Miniature {
  plant(path: string, text: string): void;
  /** Lints everything once. @returns what the rules' authors say of each file, by its path */
  lint(): ReadonlyMap<string, string>;
  /** Compiles one project and those it refers to. @returns the compiler's words, empty when it has none */
  compile(project: string): string;
  remove(): void;
}

export function createMiniature(): Miniature {
  const folder = mkdtempSync(join(tmpdir(), 'howdah-guards-'));
  const settings = ['.oxlintrc.json', 'tsconfig.base.json', 'package.json'];
  const projects = globSync('{src,webview}/{,*/}tsconfig.json', {cwd: root});
  for (const file of [...settings, ...projects]) {
    mkdirSync(join(folder, dirname(file)), {recursive: true});
    copyFileSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return {
    plant: (path, text) => {
      mkdirSync(join(folder, dirname(path)), {recursive: true});
      writeFileSync(join(folder, path), text);
    },
    lint: () => parseReport(run(folder, 'oxlint', ['--format', 'json', 'src', 'webview'])),
    compile: project => run(folder, 'tsc', ['-b', project, '--pretty', 'false']),
    remove: () => rmSync(folder, {recursive: true, force: true}),
  };
}

function run(cwd: string, tool: string, args: readonly string[]): string {
  const {error, stdout, stderr} = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  return `${stdout}${stderr}`;
}

interface Report {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly help?: string;
    readonly message: string;
  }[];
}

function parseReport(text: string): ReadonlyMap<string, string> {
  const report: Report = JSON.parse(text);
  const words = new Map<string, string>();
  for (const {filename, help, message} of report.diagnostics)
    words.set(filename, `${words.get(filename) ?? ''}${help ?? message}\n`);
  return words;
}
