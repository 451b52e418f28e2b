import type {History, HistoryProblem, Migration} from '../../core/migrations/migration.ts';
import {grouped} from '../../core/grouped.ts';
import {parseName, type ParsedName} from '../../core/golang-migrate/grammar.ts';

/** A file of the folder that matches the grammar. */
interface Found extends ParsedName {
  readonly path: string;
}

/**
 * @param files name and absolute path of each file in the folder, not of directories
 * @returns the history in numeric order; of duplicates the first file by name stands in the history
 */
export function historyOf(files: readonly {readonly name: string; readonly path: string}[]): History {
  const found = files
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({name, path}): readonly Found[] => {
      const parsed = parseName(name);
      return parsed === undefined ? [] : [{...parsed, path}];
    });
  const versions = [...grouped(found, ({version}) => version)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return {
    migrations: versions.map(([version, group]) => migrationOf(version.toString(), group)),
    problems: versions.flatMap(([version, group]) => problemsOf(version.toString(), group)),
  };
}

function migrationOf(id: string, group: readonly Found[]): Migration {
  const up = group.find(({direction}) => direction === 'up');
  const down = group.find(({direction}) => direction === 'down');
  const named = up ?? down;
  return {
    id,
    label: named?.label ?? id,
    title: named?.title ?? '',
    ...(up === undefined ? {} : {up: up.path}),
    ...(down === undefined ? {} : {down: down.path}),
  };
}

function problemsOf(id: string, group: readonly Found[]): readonly HistoryProblem[] {
  // As nearly all are, and there may be thousands.
  if (group.length === 2 && group[0]?.direction !== group[1]?.direction) return [];
  const paths = group.map(({path}) => path);
  const ups = group.filter(({direction}) => direction === 'up');
  const downs = group.filter(({direction}) => direction === 'down');
  const duplicates = [ups, downs].filter(same => same.length > 1);
  return [
    ...duplicates.map(same => ({
      kind: 'duplicate-version' as const,
      id,
      paths: same.map(({path}) => path),
    })),
    ...(ups.length === 0 ? [{kind: 'missing-up' as const, id, paths}] : []),
    ...(downs.length === 0 ? [{kind: 'missing-down' as const, id, paths}] : []),
  ];
}
