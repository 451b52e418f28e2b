import {readdir, readFile, realpath} from 'node:fs/promises';
import {delimiter, dirname, join} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {enumerated} from '../../core/words.ts';
import type {ProjectOptions} from '../framework.ts';
import {runProgram} from '../shared/child.ts';
import {isThere, type Environment} from './environment.ts';

/** Where an interpreter was looked for, for the user. */
type Looked = string[];

const windows = process.platform === 'win32';
const names = windows ? ['python.exe', 'python3.exe'] : ['python3', 'python'];
/** Milliseconds; a manager of environments may look around for seconds. */
const patience = 60_000;

/** An interpreter is looked for once: each answer costs the start of a program or two. */
const known = new Map<string, string>();

/**
 * The interpreter that has the project's own Alembic: the option `python`; `.venv` or `venv` beside the configuration
 * or above it; the environment that is active; Poetry's, uv's or Pipenv's; what runs the `alembic` of `PATH`; the
 * `python3` of `PATH` that has the package.
 * Failures: `unsupported`, with all places
 */
export async function findPython(
  environment: Environment,
  options: ProjectOptions,
): Promise<Outcome<string>> {
  const {python} = options;
  if (python !== undefined && python !== '') return ok(python);
  const key = `${environment.folder}\0${process.env['VIRTUAL_ENV'] ?? ''}`;
  const before = known.get(key);
  if (before !== undefined && (await isThere(before))) return ok(before);
  const looked: Looked = [];
  const found =
    (await inVenvs(environment, looked)) ??
    (await fromManagers(environment, looked)) ??
    (await inPath(environment.folder, looked));
  if (found === undefined) return notFound(environment, looked);
  known.set(key, found);
  return ok(found);
}

/** After Alembic turned out not to be there, so that the next one looks again. */
export function forgetPython(): void {
  known.clear();
}

async function inVenvs({folder, roots}: Environment, looked: Looked): Promise<string | undefined> {
  const folders = upwards(folder, roots).flatMap(each => [join(each, '.venv'), join(each, 'venv')]);
  const active = ['VIRTUAL_ENV', 'CONDA_PREFIX'].flatMap(name => process.env[name] ?? []);
  for (const venv of [...folders, ...active]) {
    const python = await pythonOf(venv);
    if (python === undefined) continue;
    looked.push(venv);
    if (await hasPackage(venv)) return python;
  }
  return undefined;
}

/** From a folder to the folder that is open, or to itself where it lies in none. */
export function upwards(folder: string, roots: readonly string[]): readonly string[] {
  const root = roots.find(each => folder === each || folder.startsWith(join(each, '/')));
  return root === undefined || folder === root ? [folder] : [folder, ...upwards(dirname(folder), [root])];
}

async function pythonOf(venv: string): Promise<string | undefined> {
  for (const name of names) {
    const path = join(venv, windows ? 'Scripts' : 'bin', name);
    if (await isThere(path)) return path;
  }
  return undefined;
}

/** Without starting it. */
async function hasPackage(venv: string): Promise<boolean> {
  const configured = await readFile(join(venv, 'pyvenv.cfg'), 'utf8').catch(() => '');
  if (/^include-system-site-packages\s*=\s*true/im.test(configured)) {
    const python = await pythonOf(venv);
    return python !== undefined && hasAlembic(python, venv);
  }
  const libraries = windows
    ? [join(venv, 'Lib')]
    : (await readdir(join(venv, 'lib')).catch(() => [])).map(name => join(venv, 'lib', name));
  const there = await Promise.all(libraries.map(each => isThere(join(each, 'site-packages', 'alembic'))));
  return there.includes(true);
}

/** What says that a manager has the environment, and how the manager tells where it is. */
const managers = [
  {file: 'poetry.lock', command: 'poetry', parameters: ['env', 'info', '-p'], venv: true},
  {
    file: 'uv.lock',
    command: 'uv',
    parameters: ['run', '--no-sync', 'python', '-c', 'import sys; print(sys.executable)'],
    venv: false,
  },
  {file: 'Pipfile.lock', command: 'pipenv', parameters: ['--py'], venv: false},
] as const;

async function fromManagers({folder, roots}: Environment, looked: Looked): Promise<string | undefined> {
  for (const cwd of upwards(folder, roots))
    for (const {file, command, parameters, venv} of managers) {
      if (!(await isThere(join(cwd, file)))) continue;
      looked.push(`${command} ${parameters.slice(0, 3).join(' ')}`);
      const asked = await runProgram({command, parameters, cwd, timeout: patience});
      const line =
        asked.ok && asked.value.code === 0 ? asked.value.stdout.trim().split('\n').at(-1) : undefined;
      if (line === undefined || line === '') continue;
      const python = venv ? await pythonOf(line) : line;
      if (python !== undefined && (await hasAlembic(python, cwd))) return python;
    }
  return undefined;
}

async function inPath(cwd: string, looked: Looked): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(each => each !== '');
  looked.push('the alembic of PATH', 'the python3 of PATH');
  for (const folder of folders) {
    const python = await interpreterOf(join(folder, 'alembic'));
    if (python !== undefined && (await hasAlembic(python, cwd))) return python;
  }
  for (const folder of folders)
    for (const name of names) {
      const python = join(folder, name);
      if ((await isThere(python)) && (await hasAlembic(python, cwd))) return python;
    }
  return undefined;
}

/** What the first line of a script names. */
async function interpreterOf(script: string): Promise<string | undefined> {
  const text = await readFile(script, 'latin1').catch(() => undefined);
  const line = /^#!\s*(\S+)(?:[ \t]+-\S+)?[ \t]*\r?\n/.exec(text ?? '')?.[1];
  if (line === undefined || !/python[\d.]*$/.test(line)) return undefined;
  return (await realpath(line).catch(() => undefined)) === undefined ? undefined : line;
}

async function hasAlembic(python: string, cwd: string): Promise<boolean> {
  const look = 'import importlib.util as u, sys; sys.path[:1] = []; sys.exit(u.find_spec("alembic") is None)';
  const asked = await runProgram({command: python, parameters: ['-c', look], cwd, timeout: patience});
  return asked.ok && asked.value.code === 0;
}

function notFound({folder}: Environment, looked: readonly string[]): Outcome<never> {
  const places = looked.length === 0 ? 'nothing there' : enumerated([...new Set(looked)]);
  return fail('unsupported', `No Python with Alembic was found for ${folder}. Looked at: ${places}.`, {
    advice:
      'Make the environment of the project (.venv beside alembic.ini, poetry install, uv sync), or name its interpreter in the setting howdah.alembic.python.',
    setting: 'alembic.python',
  });
}
