import {basename, join} from 'node:path';
import {compareNames, parseName, type ParsedName} from '../../core/dbmate/grammar.ts';
import type {History, HistoryProblem, Migration} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {fileNamesIn} from '../shared/file-names.ts';

/** A file that matches the grammar. */
interface Found extends ParsedName {
  readonly name: string;
  readonly path: string;
}

/** Reads the folders, not the folders in them. Failures: `unreadable-file`. */
export async function readHistory(folders: readonly string[]): Promise<Outcome<History>> {
  const found: Found[] = [];
  for (const folder of folders) {
    const names = await fileNamesIn(folder);
    if (!names.ok) return names;
    for (const name of names.value) {
      const parsed = parseName(name);
      if (parsed) found.push({...parsed, name, path: join(folder, name)});
    }
  }
  return ok(historyOf(found.toSorted((one, other) => compareNames(one.name, other.name))));
}

function historyOf(files: readonly Found[]): History {
  const groups = new Map<string, Found[]>();
  for (const file of files) {
    const group = groups.get(file.version);
    if (group) group.push(file);
    else groups.set(file.version, [file]);
  }
  const duplicates = [...groups].filter(([, group]) => group.length > 1);
  return {
    migrations: [...groups.values()].flatMap(([first]) => (first ? [migrationOf(first)] : [])),
    problems: [
      ...duplicates.map(([id, group]) => ({
        kind: 'duplicate-version' as const,
        id,
        paths: group.map(({path}) => path),
      })),
      ...outOfNumber(files),
    ],
  };
}

function migrationOf({version, title, path}: Found): Migration {
  return {id: version, label: version, title, up: path, down: path};
}

/** File names are ordered as text: `10_b.sql` comes before `9_a.sql`. */
function outOfNumber(files: readonly Found[]): readonly HistoryProblem[] {
  const index = files.findIndex(
    (file, place) => BigInt(file.version) < BigInt(files[place - 1]?.version ?? 0),
  );
  const [before, after] = [files[index - 1], files[index]];
  if (!before || !after) return [];
  return [
    {
      kind: 'other',
      id: after.version,
      paths: [before.path, after.path],
      refused: false,
      words: `${before.name} runs before ${after.name}: dbmate orders file names as text, not by number. Give the numbers the same count of digits.`,
    },
  ];
}

/** @returns the name by which the tool orders a migration; one without a file has only its version */
export function nameOf({up, id}: Migration): string {
  return up === undefined ? id : basename(up);
}
