import {readFile, stat} from 'node:fs/promises';
import {basename, delimiter, dirname, isAbsolute, join, resolve} from 'node:path';
import {locationOf, type Location} from '../../core/alembic/environment.ts';
import {iniFault} from '../../core/alembic/ini-fault.ts';
import {parseIni, sectionOf, type Ini} from '../../core/alembic/ini.ts';
import {tomlTable} from '../../core/alembic/toml.ts';

/** One environment of Alembic: a section of a configuration with its folders, all absolute. */
export interface Environment {
  readonly ini?: string;
  readonly toml?: string;
  readonly section: string;
  /** Where the tool is started: the folder of the configuration. */
  readonly folder: string;
  /** The folder of `env.py`. */
  readonly scripts: string;
  /** Where revisions are; the first one stands for the project. */
  readonly versions: readonly string[];
  readonly location: Location;
  /** Where looking upwards for an interpreter ends. */
  readonly roots: readonly string[];
  /** What is wrong with `ini`, so that Alembic stops whatever it is asked to do: a whole sentence. */
  readonly fault?: string;
}

type Section = ReadonlyMap<string, string>;

/** @returns the environments of an `alembic.ini`, that of `[alembic]` first; none where it is no file of Alembic */
export async function environmentsOfIni(
  path: string,
  roots: readonly string[],
): Promise<readonly Environment[]> {
  const text = await textIn(path);
  if (text === undefined) return [];
  const ini = parseIni(text);
  const folder = dirname(path);
  const toml = await tableIn(join(folder, 'pyproject.toml'));
  const names = sectionsOf(ini, toml !== undefined);
  const found = await Promise.all(
    names.map(section => {
      const own = sectionOf(ini, section) ?? new Map<string, string>();
      const values = section === 'alembic' && toml ? new Map([...toml, ...own]) : own;
      const more = toml ? {toml: join(folder, 'pyproject.toml')} : {};
      return environmentOf(values, {ini: path, ...more, section, folder, roots});
    }),
  );
  const there = found.flatMap(each => each ?? []);
  const fault = faultIn(path, text);
  if (fault === undefined) return there;
  return (there.length > 0 ? there : await guessed(path, roots)).map(each => ({...each, fault}));
}

function faultIn(path: string, text: string): string | undefined {
  const fault = iniFault(text);
  return (
    fault &&
    `Alembic cannot read ${basename(path)}: line ${fault.line} ${fault.words}. Correct it; nothing runs until then.`
  );
}

/** Of a file that says nothing, because it cannot be read: where Alembic’s own templates put the scripts. */
async function guessed(path: string, roots: readonly string[]): Promise<readonly Environment[]> {
  if (basename(path) !== 'alembic.ini') return [];
  for (const name of ['alembic', 'migrations', '.']) {
    const scripts = join(dirname(path), name);
    if ((await isThere(join(scripts, 'env.py'))) && (await isThere(join(scripts, 'versions'))))
      return [{...environmentAt(scripts, roots), folder: dirname(path), ini: path}];
  }
  return [];
}

/** @returns the environment of a `pyproject.toml` that stands by itself; none where an `alembic.ini` is beside it */
export async function environmentsOfToml(
  path: string,
  roots: readonly string[],
): Promise<readonly Environment[]> {
  const folder = dirname(path);
  const table = await tableIn(path);
  if (!table || (await textIn(join(folder, 'alembic.ini'))) !== undefined) return [];
  const found = await environmentOf(table, {toml: path, section: 'alembic', folder, roots});
  return found ? [found] : [];
}

/** @returns what a folder is when the user says so and no configuration names it */
export function environmentAt(folder: string, roots: readonly string[]): Environment {
  const scripts = basename(folder) === 'versions' ? dirname(folder) : folder;
  const location = locationOf(new Map([['script_location', scripts]]), scripts, delimiter);
  return {
    section: 'alembic',
    folder: dirname(scripts),
    scripts,
    versions: [join(scripts, 'versions')],
    location,
    roots,
  };
}

function sectionsOf(ini: Ini, withToml: boolean): readonly string[] {
  const named = [...ini].filter(
    ([name, values]) => name !== 'DEFAULT' && name !== 'alembic' && values.has('script_location'),
  );
  return [...(ini.has('alembic') || withToml ? ['alembic'] : []), ...named.map(([name]) => name)];
}

type Found = Pick<Environment, 'ini' | 'toml' | 'section' | 'folder' | 'roots'>;

async function environmentOf(values: Section, found: Found): Promise<Environment | undefined> {
  const {folder} = found;
  const location = locationOf(values, folder, delimiter);
  const scripts =
    location.scriptLocation === undefined
      ? await besideEnvPy(folder)
      : await resolveFolder(location.scriptLocation, folder);
  if (scripts === undefined) return undefined;
  const listed = await Promise.all(location.versionLocations.map(each => resolveFolder(each, folder)));
  return {
    ...found,
    scripts,
    versions: listed.length > 0 ? listed : [join(scripts, 'versions')],
    location,
  };
}

/** As Flask-Migrate lays it out: the section names no folder, because it is the one that the file is in. */
async function besideEnvPy(folder: string): Promise<string | undefined> {
  return (await isThere(join(folder, 'env.py'))) ? folder : undefined;
}

/** A path, or `package:path` of a package that is below the configuration or below its `src`. */
async function resolveFolder(path: string, folder: string): Promise<string> {
  const [, pack, rest = ''] = /^([\w.]{2,}):(.*)$/.exec(path) ?? [];
  if (pack === undefined || isAbsolute(path)) return resolve(folder, path);
  const inside = join(...pack.split('.'), rest);
  const inSource = join(folder, 'src', inside);
  return (await isThere(inSource)) ? inSource : join(folder, inside);
}

async function tableIn(path: string): Promise<Section | undefined> {
  const text = await textIn(path);
  return text?.includes('alembic') ? tomlTable(text, 'tool.alembic') : undefined;
}

function textIn(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

/** @returns whether there is a file or a folder of that path */
export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
