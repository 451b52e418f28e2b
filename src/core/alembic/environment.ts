import {interpolate} from './ini.ts';

/** What a section says about where its migrations are and how new ones are named; paths as it writes them. */
export interface Location {
  /** Absent where the section does not say; then a program that wraps Alembic does, such as Flask-Migrate. */
  readonly scriptLocation?: string;
  /** None: the folder `versions` in the script location. */
  readonly versionLocations: readonly string[];
  /** Folders in the version locations count as well. */
  readonly recursive: boolean;
  /** Percent signs as Python's formatting takes them. */
  readonly fileTemplate: string;
  /** Of the words of a title in a file's name. */
  readonly slugLength: number;
}

/** How the paths of a list are told apart. */
const separators: Readonly<Record<string, string | RegExp>> = {
  space: ' ',
  newline: '\n',
  ':': ':',
  ';': ';',
};

/**
 * @param section values of an ini section or of `[tool.alembic]`, before interpolation
 * @param here the folder of the file
 * @param pathSeparator the operating system's, such as `:`
 */
export function locationOf(
  section: ReadonlyMap<string, string>,
  here: string,
  pathSeparator: string,
): Location {
  const value = (name: string): string | undefined => {
    const raw = section.get(name);
    return raw === undefined || raw === '' ? undefined : interpolate(raw, section, here);
  };
  const scriptLocation = value('script_location');
  const listed = value('version_locations') ?? '';
  const named = (value('path_separator') ?? value('version_path_separator'))?.split(/\s/)[0];
  const separator = listed.includes('\n')
    ? '\n'
    : named === 'os'
      ? pathSeparator
      : (separators[named ?? ''] ?? /, *|(?: +)/);
  const length = Number(value('truncate_slug_length') ?? 40);
  return {
    ...(scriptLocation === undefined ? {} : {scriptLocation}),
    versionLocations: listed
      .split(separator)
      .map(each => each.trim())
      .filter(each => each !== ''),
    recursive: value('recursive_version_locations') === 'true',
    fileTemplate: value('file_template') ?? '%(rev)s_%(slug)s',
    slugLength: Number.isInteger(length) && length > 0 ? length : 40,
  };
}

/** What the name of a new file is made of. */
export interface Naming {
  readonly id: string;
  readonly title: string;
  readonly now: Date;
}

/** @returns the name that Alembic gives a new file, in the local time, with `.py` */
export function fileNameFor({fileTemplate, slugLength}: Location, {id, title, now}: Naming): string {
  const values: Readonly<Record<string, string | number>> = {
    rev: id,
    slug: slugOf(title, slugLength),
    epoch: Math.floor(now.getTime() / 1000),
    year: now.getFullYear(),
    month: now.getMonth() + 1,
    day: now.getDate(),
    hour: now.getHours(),
    minute: now.getMinutes(),
    second: now.getSeconds(),
  };
  const name = fileTemplate.replaceAll(
    /%(?:%|\((\w+)\)([0#+ -]*)(\d*)(?:\.(\d+))?([sd]))/g,
    (whole, key?: string, flags = '', width = '', digits = '') => {
      if (key === undefined) return '%';
      const value = values[key];
      return value === undefined ? whole : padded(String(value), {flags, width, digits});
    },
  );
  return `${name}.py`;
}

function padded(
  text: string,
  {flags, width, digits}: {readonly flags: string; readonly width: string; readonly digits: string},
): string {
  const least = text.padStart(Number(digits || 0), '0');
  return flags.includes('0') ? least.padStart(Number(width || 0), '0') : least.padStart(Number(width || 0));
}

/** @returns the words of a title as they stand in a file's name; empty where it has none */
export function slugOf(title: string, length: number): string {
  const slug = (title.match(/[\p{L}\p{N}_]+/gu) ?? []).join('_').toLowerCase();
  if (slug.length <= length) return slug;
  const cut = slug.slice(0, length);
  return `${cut.slice(0, cut.includes('_') ? cut.lastIndexOf('_') : undefined)}_`;
}
