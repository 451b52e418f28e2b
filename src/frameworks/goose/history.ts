import {join} from 'node:path';
import {compareIds, parseName, type ParsedName} from '../../core/goose/grammar.ts';
import type {History, HistoryProblem, Migration} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {fileNamesIn} from '../shared/file-names.ts';

/** A file that the tool takes for a migration. */
interface Found extends ParsedName {
  readonly name: string;
  readonly path: string;
}

/** Reads one folder, not the folders in it. Failures: `unreadable-file`. */
export async function readHistory(folder: string): Promise<Outcome<History>> {
  const names = await fileNamesIn(folder);
  return names.ok ? ok(historyOf(folder, names.value)) : names;
}

function historyOf(folder: string, names: readonly string[]): History {
  const sorted = names.toSorted();
  const found = sorted.flatMap((name): readonly Found[] => {
    const parsed = parseName(name);
    return typeof parsed === 'object' ? [{...parsed, name, path: join(folder, name)}] : [];
  });
  const groups = new Map<string, Found[]>();
  for (const file of found) groups.set(file.version, [...(groups.get(file.version) ?? []), file]);
  const versions = [...groups].toSorted(([one], [other]) => compareIds(one, other));
  return {
    migrations: versions.flatMap(([, [first]]) => (first ? [migrationOf(first)] : [])),
    problems: [
      ...sorted.filter(name => parseName(name) === 'refused').map(name => refusedName(folder, name)),
      ...versions.filter(([, group]) => group.length > 1).map(([id, group]) => duplicate(id, group)),
      ...found.filter(({language}) => language === 'go').map(inGo),
    ],
  };
}

/** Both directions are in one file; without a Down part only the record goes. */
function migrationOf({version, label, title, path}: Found): Migration {
  return {id: version, label, title, up: path, down: path};
}

function refusedName(folder: string, name: string): HistoryProblem {
  return {
    kind: 'other',
    paths: [join(folder, name)],
    refused: true,
    words: `${name} does not begin with a version and an underscore. goose runs nothing as long as such a file is in the folder: rename it or move it elsewhere.`,
  };
}

function duplicate(id: string, group: readonly Found[]): HistoryProblem {
  return {kind: 'duplicate-version', id, paths: group.map(({path}) => path)};
}

function inGo({version, name, path}: Found): HistoryProblem {
  return {
    kind: 'other',
    id: version,
    paths: [path],
    refused: false,
    words: `${name} is written in Go. Only a goose that your project has built with it can run it, so Howdah stops before it: run that one with your own goose, and go on from there.`,
  };
}

export function isGo(path: string | undefined): boolean {
  return path?.endsWith('.go') ?? false;
}
