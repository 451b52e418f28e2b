import {basename, dirname, isAbsolute, join} from 'node:path';
import {propertiesOf, type Properties} from '../../core/flyway/properties.ts';
import {settingsOf, type Settings} from '../../core/flyway/settings.ts';
import type {HistoryProblem} from '../../core/migrations/migration.ts';
import type {ProjectOptions} from '../framework.ts';
import {textOf} from '../shared/file-text.ts';
import {existing} from '../shared/read-files.ts';

/** Where configuration is, relative to the folder that it is about; a later one wins. */
const names = [
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'src/main/resources/application.properties',
  'src/main/resources/application.yml',
  'src/main/resources/application.yaml',
  'conf/flyway.conf',
  'flyway.conf',
  'flyway.toml',
  'flyway.user.toml',
] as const;

/** How many folders above the migrations are looked into: `src/main/resources/db/migration` is four below its module. */
const highest = 6;

export interface Configuration {
  /** The folder that locations are relative to; absent where nothing is configured. */
  readonly root?: string;
  readonly properties: Properties;
}

/** Looks for configuration beside the migrations and above them, the nearest first. */
export async function configurationOf(folder: string): Promise<Configuration> {
  let place = folder;
  for (let step = 0; step <= highest; step += 1) {
    const properties = await propertiesIn(place);
    if (properties.size > 0) return {root: place, properties};
    if (dirname(place) === place) break;
    place = dirname(place);
  }
  return {properties: new Map()};
}

async function propertiesIn(folder: string): Promise<Properties> {
  const texts = await Promise.all(names.map(name => textOf(join(folder, name))));
  return new Map(
    texts.flatMap((text, index) => {
      const name = names[index];
      return text === undefined || name === undefined ? [] : [...propertiesOf(basename(name), text)];
    }),
  );
}

/** @param options `flyway.table` and the like win over what files say */
export function settingsFor({properties}: Configuration, options: ProjectOptions): Settings {
  const given = Object.entries(options).flatMap(([key, value]) =>
    key.startsWith('flyway.') ? [[key.slice('flyway.'.length), value] as const] : [],
  );
  return settingsOf(new Map([...properties, ...given]));
}

/** @returns absolute folders, in the order of the configuration; those that are not there are left out, as the tool does */
export async function foldersOf({root, properties}: Configuration): Promise<readonly string[]> {
  if (root === undefined) return [];
  const folders = settingsOf(properties).locations.flatMap(location => folderOf(root, location));
  const there = await existing(folders);
  return folders.filter((_folder, index) => there[index]);
}

/** @returns locations that are not on this disk, and those that stand for several, as a problem */
export function unreadLocations({properties}: Configuration): readonly HistoryProblem[] {
  return settingsOf(properties)
    .locations.filter(location => folderOf('/', location).length === 0)
    .map(location => ({
      kind: 'other',
      paths: [],
      refused: true,
      words: `Howdah does not read the location ${location}, so that it does not know all migrations. Nothing runs: use Flyway’s own command line, or name folders of this disk without wildcards.`,
    }));
}

/** Spring writes the database's name for `{vendor}`. */
function folderOf(root: string, location: string): readonly string[] {
  const [, scheme = '', written = ''] = /^(?:(filesystem|classpath):)?(.*)$/.exec(location) ?? [];
  const path = written.replaceAll('{vendor}', 'postgresql');
  if (path === '' || /[*?:]/.test(path)) return [];
  if (scheme === 'filesystem') return [isAbsolute(path) ? path : join(root, path)];
  return [join(root, 'src/main/resources', path.replace(/^\//, ''))];
}
