import {readdir} from 'node:fs/promises';
import {basename, join, relative, sep} from 'node:path';
import type {History, HistoryProblem, Migration} from '../../core/migrations/migration.ts';
import {grouped} from '../../core/grouped.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {parseName, type Naming} from '../../core/flyway/names.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import {compareIds} from '../../core/flyway/versions.ts';
import {codeOf} from '../shared/file-text.ts';

/** A file of a migration. */
export interface Found {
  readonly migration: Migration;
  readonly description: string;
  readonly path: string;
  /** Relative to its location, as the column `script` has it. */
  readonly script: string;
}

export interface Folder {
  readonly history: History;
  /** In the order of the history. */
  readonly found: readonly Found[];
  /** Migrations that only Flyway can run, in Java or as scripts of a shell. */
  readonly programs: readonly Pick<Found, 'migration' | 'path'>[];
  /** Names of all files, for the next version. */
  readonly names: readonly string[];
}

type Named = Pick<Found, 'path' | 'script'> & {readonly name: string};

/** Reads the locations with all folders in them. Failures: `unreadable-file`. */
export async function readFolder(
  locations: readonly string[],
  {naming, validateMigrationNaming}: Pick<Settings, 'naming' | 'validateMigrationNaming'>,
): Promise<Outcome<Folder>> {
  const files: Named[] = [];
  for (const location of locations) {
    try {
      const entries = await readdir(location, {withFileTypes: true, recursive: true});
      const begins = new Map<string, Pick<Named, 'path' | 'script'>>();
      for (const {name, parentPath} of entries.filter(each => !each.isDirectory())) {
        const begin = begins.get(parentPath) ?? beginOf(location, parentPath);
        begins.set(parentPath, begin);
        files.push({name, path: begin.path + name, script: begin.script + name});
      }
    } catch (error) {
      return fail('unreadable-file', `The migrations folder ${location} cannot be read (${codeOf(error)}).`, {
        advice: 'Check that it exists and that you may read it.',
      });
    }
  }
  const parsed = files.map(file => ({...file, parsed: parseName(file.name, naming)}));
  const found = parsed
    .flatMap(({parsed: name, path, script}): readonly Found[] => {
      if (name?.kind !== 'migration') return [];
      const {id, label, description} = name;
      const title = label.startsWith(naming.repeatable) ? '' : description;
      return [{migration: {id, label, title, up: path}, description, path, script}];
    })
    .toSorted(
      (one, other) => compareIds(one.migration.id, other.migration.id) || (one.path < other.path ? -1 : 1),
    );
  const programs = [...files, ...(await javaFiles(locations))].flatMap(({name, path}) => {
    const program = parseName(name, {...naming, suffixes: programSuffixes});
    return program?.kind === 'migration'
      ? [{migration: {id: program.id, label: program.label, title: program.description}, path}]
      : [];
  });
  const unique = found.filter(({migration}, index) => found[index - 1]?.migration.id !== migration.id);
  const invalid = parsed.filter(({parsed: name}) => name?.kind === 'invalid').map(({path}) => path);
  return ok({
    history: {
      migrations: unique.map(({migration}) => migration),
      problems: [
        ...duplicatesOf(found),
        ...invalid.map(path => invalidName(path, validateMigrationNaming)),
        ...callbacksIn(files, naming),
      ],
    },
    found: unique,
    programs,
    names: [...files, ...programs.map(({path}) => ({name: basename(path)}))].map(({name}) => name),
  });
}

const programSuffixes = ['.java', '.kt', '.groovy', '.scala', '.sh', '.bash', '.ps1', '.bat', '.cmd', '.py'];

/** Beside resources, as builds have them. */
async function javaFiles(locations: readonly string[]): Promise<readonly Pick<Named, 'name' | 'path'>[]> {
  const resources = join(sep, 'src', 'main', 'resources', sep);
  const folders = locations
    .filter(location => location.includes(resources))
    .flatMap(location =>
      ['java', 'kotlin', 'groovy', 'scala'].map(language =>
        location.replace(resources, join(sep, 'src', 'main', language, sep)),
      ),
    );
  const found = await Promise.all(
    folders.map(async folder => {
      const names = await readdir(folder, {withFileTypes: true, recursive: true}).catch(() => []);
      return names.map(({name, parentPath}) => ({name, path: join(parentPath, name)}));
    }),
  );
  return found.flat();
}

/** What the files of a folder begin with. */
function beginOf(location: string, folder: string): Pick<Named, 'path' | 'script'> {
  const below = relative(location, folder).split(sep);
  return {path: join(folder, sep), script: below.map(part => (part === '' ? '' : `${part}/`)).join('')};
}

function duplicatesOf(found: readonly Found[]): readonly HistoryProblem[] {
  return [...grouped(found, ({migration}) => migration.id)].flatMap(([id, same]) =>
    same.length > 1 ? [{kind: 'duplicate-version' as const, id, paths: same.map(({path}) => path)}] : [],
  );
}

/**
 * What `migrate` runs, with `validate` in front of it.
 * Source: https://documentation.red-gate.com/flyway/flyway-concepts/callback-concept
 */
const callback =
  /^(?:(?:before|after)(?:Each)?(?:Migrate|Versioned|Repeatables|Validate)(?:Applied|Statement|StatementError|OperationFinish|Error)?|(?:before|after)Connect|(?:before)?[cC]reateSchema)$/;

function callbacksIn(files: readonly Named[], {suffixes, separator}: Naming): readonly HistoryProblem[] {
  const paths = files
    .filter(({name}) => {
      const suffix = suffixes.find(end => name.endsWith(end));
      return suffix !== undefined && callback.test(name.slice(0, -suffix.length).split(separator)[0] ?? '');
    })
    .map(({path}) => path)
    .toSorted();
  if (paths.length === 0) return [];
  const named = paths.map(path => path.split(sep).at(-1)).join(', ');
  const words = `Flyway runs callbacks around migrations here (${named}), and Howdah does not run them, so that the database would come out differently. Nothing runs: use Flyway’s own command line.`;
  return [{kind: 'other', paths, refused: true, words}];
}

function invalidName(path: string, refused: boolean): HistoryProblem {
  return {
    kind: 'other',
    paths: [path],
    refused,
    words: `${path.split(sep).at(-1)} begins like a migration, but its name is none, so Flyway ${refused ? 'stops before it runs anything (validateMigrationNaming is on)' : 'passes it over'}. Name it like V1.2__description.sql or R__description.sql.`,
  };
}
