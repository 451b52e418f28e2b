import type {History, HistoryProblem, Migration, MigrationStatus, Position} from '../migrations/migration.ts';
import type {Step} from '../migrations/plan.ts';
import {atOnce, each, type Turns} from '../turns.ts';
import type {Choice} from './choose.ts';
import {graphOf, withAncestors, type Graph, type Node} from './graph.ts';
import {headsAfter, overlapping, positionOfHeads} from './heads.ts';
import {problemsOf} from './problems.ts';
import type {RevisionFile} from './revision-file.ts';

/** A history with the graph that it was made of. */
export interface AlembicHistory extends History {
  readonly graph: Graph;
}

/** @param files in the order in which Alembic loads them: of two with one id the later one counts */
export function historyOf(files: readonly RevisionFile[]): AlembicHistory {
  return atOnce(historyInTurns(files));
}

/** As `historyOf`, for thousands of files. */
export function* historyInTurns(files: readonly RevisionFile[]): Turns<AlembicHistory> {
  const graph = yield* graphOf(files.flatMap(file => (file.kind === 'revision' ? [file.revision] : [])));
  const migrations: Migration[] = [];
  yield* each(graph.order, id => {
    const node = graph.nodes.get(id);
    if (node) migrations.push(migrationOf(node));
  });
  const problems = problemsOf(files, graph);
  // Whoever has it goes on with work of its own.
  yield undefined;
  return {migrations, problems, graph};
}

function migrationOf({id, path, title, parents, requires, branchLabels}: Node): Migration {
  return {
    id,
    label: id,
    title,
    up: path,
    down: path,
    graph: {parents, dependsOn: requires, branchLabels},
  };
}

/** What the rows of the version table mean. */
export interface Reading {
  readonly position: Position;
  readonly migrations: readonly MigrationStatus[];
  readonly problems: readonly HistoryProblem[];
}

/** @param rows of the version table, in any order */
export function readRows({graph, migrations, problems}: AlembicHistory, rows: readonly string[]): Reading {
  const applied = withAncestors(graph, rows);
  const gone = [...new Set(rows)].filter(row => !graph.nodes.has(row)).toSorted();
  // Only the lost file knows what lies below it. Most often it is a newer one of another branch of the repository.
  const isBelow = (id: string): boolean => applied.has(id) || (gone.length > 0 && applied.size === 0);
  const known = migrations.map((migration): MigrationStatus => ({
    migration,
    state: isBelow(migration.id)
      ? {kind: 'applied', current: rows.includes(migration.id)}
      : {kind: 'pending'},
  }));
  const lost = gone.map((id): MigrationStatus => ({
    migration: {id, label: id, title: ''},
    state: {kind: 'missing-file'},
  }));
  return {
    position: positionOfHeads(graph, rows),
    migrations: [...known, ...lost],
    problems: [...problems, ...rowProblems(graph, rows, gone)],
  };
}

function rowProblems(
  graph: Graph,
  rows: readonly string[],
  gone: readonly string[],
): readonly HistoryProblem[] {
  const words = [
    ...gone.map(
      id =>
        `The database is at revision ${id}, which no file has, so that Alembic stops whatever it is asked to do (“Can’t locate revision”). What lies below it is not recorded anywhere else. Get the file (from another branch?), or stamp the revision that the database is really at.`,
    ),
    ...overlapping(graph, rows).map(
      id =>
        `The version table has a row for ${id}, which another of its rows needs already, so that Alembic stops (“overlaps with other requested revisions”). Delete that row, or stamp the heads.`,
    ),
  ];
  return words.map(each => ({kind: 'other', paths: [], refused: true, words: each}));
}

/** @returns the steps of a choice with the position that each leads to */
export function stepsOf(
  {graph, migrations}: AlembicHistory,
  rows: readonly string[],
  choice: Choice,
): readonly Step[] {
  const {direction} = choice;
  const byId = new Map(migrations.map(migration => [migration.id, migration]));
  const applied = new Set(withAncestors(graph, rows));
  let heads: ReadonlySet<string> = new Set(rows);
  return choice.ids.flatMap((id): readonly Step[] => {
    const migration = byId.get(id);
    if (!migration) return [];
    if (direction === 'up') applied.add(id);
    else applied.delete(id);
    heads = headsAfter(graph, heads, {id, direction, applied});
    const path = migration[direction];
    return [
      {migration, direction, leads: positionOfHeads(graph, heads), ...(path === undefined ? {} : {path})},
    ];
  });
}
