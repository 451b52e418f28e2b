import {basename} from 'node:path';
import {grouped} from '../../core/grouped.ts';
import type {History, HistoryProblem, Migration} from '../../core/migrations/migration.ts';
import {kindOf, prefixOf, recordedName, titleOf} from '../../core/node-pg-migrate/file-names.ts';
import type {FileFacts} from './file-facts.ts';

interface Found extends FileFacts {
  readonly name: string;
  readonly path: string;
}

/** @param files all that the tool takes for migrations, in its order */
export function historyOf(files: readonly Found[]): History {
  const groups = grouped(files, ({name}) => recordedName(name));
  return {
    migrations: [...groups].flatMap(([id, [file]]) => (file === undefined ? [] : [migrationOf(id, file)])),
    problems: [...groups].flatMap(([id, group]) => problemsOf(id, group, files.length)),
  };
}

function migrationOf(id: string, {path, hasDown}: Found): Migration {
  const prefix = prefixOf(id);
  return {
    id,
    label: prefix === '' ? id : prefix,
    title: titleOf(id),
    up: path,
    ...(hasDown ? {down: path} : {}),
  };
}

function problemsOf(id: string, group: readonly Found[], all: number): readonly HistoryProblem[] {
  const [file] = group;
  if (file === undefined) return [];
  const paths = group.map(({path}) => path);
  if (group.length > 1) return [{kind: 'duplicate-version', id, paths}];
  const told = words(file, all);
  if (told !== undefined) return [{kind: 'other', id, paths, ...told}];
  return file.hasDown ? [] : [{kind: 'missing-down', id, paths}];
}

/** What the tool stumbles over. */
function words(
  {name, path, upHasAll}: Found,
  all: number,
): {readonly refused: boolean; readonly words: string} | undefined {
  const away =
    'Move it to another folder, or name it in ignore-pattern: node-pg-migrate takes every file here whose name does not begin with a dot for a migration.';
  // A single file is not compared with any other, so its name does not matter.
  if (prefixOf(name) === '' && all > 1)
    return {
      refused: true,
      words: `${name} does not begin with a number, so node-pg-migrate stops before it runs anything. ${away}`,
    };
  if (kindOf(name) === 'other')
    return {refused: true, words: `${name} is no migration, and node-pg-migrate fails to load it. ${away}`};
  if (name.includes("'"))
    return {
      refused: true,
      words: `${name} has a quote in its name, which node-pg-migrate writes into its SQL as it is. Rename the file.`,
    };
  if (!upHasAll) return undefined;
  return {
    refused: false,
    words: `${basename(path)} has “-- Down Migration” and no “-- Up Migration”, so node-pg-migrate sends all of it when it applies, the part for down included. Put “-- Up Migration” on its first line.`,
  };
}
