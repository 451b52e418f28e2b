import {readdir} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import type {History, HistoryProblem, Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {parseName, type Naming} from '../../core/flyway/names.ts';
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
  /** Names of all files, for the next version. */
  readonly names: readonly string[];
}

/** Reads the locations with all folders in them. Failures: `unreadable-file`. */
export async function readFolder(locations: readonly string[], naming: Naming): Promise<Outcome<Folder>> {
  const files: {readonly name: string; readonly path: string; readonly script: string}[] = [];
  for (const location of locations) {
    try {
      const entries = await readdir(location, {withFileTypes: true, recursive: true});
      for (const entry of entries.filter(each => !each.isDirectory())) {
        const path = join(entry.parentPath, entry.name);
        files.push({name: entry.name, path, script: relative(location, path).split(sep).join('/')});
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
  const unique = found.filter(({migration}, index) => found[index - 1]?.migration.id !== migration.id);
  const invalid = parsed.filter(({parsed: name}) => name?.kind === 'invalid').map(({path}) => path);
  return ok({
    history: {
      migrations: unique.map(({migration}) => migration),
      problems: [...duplicatesOf(found), ...invalid.map(invalidName), ...callbacksIn(files)],
    },
    found: unique,
    names: files.map(({name}) => name),
  });
}

function duplicatesOf(found: readonly Found[]): readonly HistoryProblem[] {
  const groups = new Map<string, string[]>();
  for (const {migration, path} of found)
    groups.set(migration.id, [...(groups.get(migration.id) ?? []), path]);
  return [...groups].flatMap(([id, paths]) =>
    paths.length > 1 ? [{kind: 'duplicate-version' as const, id, paths}] : [],
  );
}

/** Source: https://documentation.red-gate.com/flyway/flyway-concepts/callback-concept */
const callback =
  /^(?:before|after)(?:Each)?(?:Migrate|Versioned|Repeatables|Connect|Info|Repair|Validate)(?:Applied|Statement|StatementError|OperationFinish|Error)?(?:__.*)?\.sql$/;

function callbacksIn(
  files: readonly {readonly name: string; readonly path: string}[],
): readonly HistoryProblem[] {
  const paths = files.filter(({name}) => callback.test(name)).map(({path}) => path);
  if (paths.length === 0) return [];
  const words =
    'Flyway runs these callbacks around migrations, and Howdah does not run them. Where a migration needs them, use Flyway’s own command line.';
  return [{kind: 'other', paths, refused: false, words}];
}

function invalidName(path: string): HistoryProblem {
  return {
    kind: 'other',
    paths: [path],
    refused: false,
    words: `${path.split(sep).at(-1)} begins like a migration, but its name is none, so Flyway passes it over. Name it like V1.2__description.sql or R__description.sql.`,
  };
}
