import type {HistoryProblem} from '../migrations/migration.ts';
import {closure, headsOf, namesOf, type Graph} from './graph.ts';
import type {Revision, RevisionFile} from './revision-file.ts';

/** The width of `alembic_version.version_num`. */
const longestId = 32;

/** @returns all that is wrong with the files, or that makes Alembic stop */
export function problemsOf(files: readonly RevisionFile[], graph: Graph): readonly HistoryProblem[] {
  const revisions = files.flatMap(file => (file.kind === 'revision' ? [file.revision] : []));
  return [
    ...files.flatMap(unreadable),
    ...duplicates(revisions),
    ...missing(revisions),
    ...circles(graph),
    ...tooLong(revisions),
    ...severalHeads(graph),
  ];
}

function unreadable(file: RevisionFile): readonly HistoryProblem[] {
  if (file.kind === 'revision') return [];
  const words =
    file.kind === 'none'
      ? 'The file assigns no revision, and Alembic stops at such a file. Add the variables, or move it out of the folder.'
      : `${file.names.join(' and ')} ${file.names.length === 1 ? 'is' : 'are'} not written as plain text, so that only Python knows the revision’s place. Howdah could not ask Alembic for it.`;
  return [{kind: 'other', paths: [file.path], refused: true, words}];
}

function duplicates(revisions: readonly Revision[]): readonly HistoryProblem[] {
  const paths = new Map<string, string[]>();
  for (const {id, path} of revisions) paths.set(id, [...(paths.get(id) ?? []), path]);
  return [...paths]
    .filter(([, same]) => same.length > 1)
    .map(([id, same]) => ({kind: 'duplicate-version', id, paths: same.toSorted()}));
}

function missing(revisions: readonly Revision[]): readonly HistoryProblem[] {
  const known = new Set([...revisions.map(({id}) => id), ...namesOf(revisions).keys()]);
  return revisions.flatMap(({id, path, parents, dependsOn}) => {
    const gone = [...parents, ...dependsOn].filter(name => !known.has(name));
    if (gone.length === 0) return [];
    const words = `Revision ${id} needs ${gone.join(' and ')}, which no file has, so that Alembic stops whatever it is asked to do. Get the file (from another branch?), or correct the variable.`;
    return [{kind: 'other' as const, id, paths: [path], refused: true, words}];
  });
}

/** Told once, of all that lie on one. */
function circles({nodes, order}: Graph): readonly HistoryProblem[] {
  const done = new Set<string>();
  let last = 0;
  for (const id of order) {
    const node = nodes.get(id);
    if (!node?.below.every(before => done.has(before))) break;
    done.add(id);
    last += 1;
  }
  const on = order.slice(last).filter(id => {
    const below = nodes.get(id)?.below ?? [];
    return closure(below, next => nodes.get(next)?.below ?? []).has(id);
  });
  if (on.length === 0) return [];
  const paths = on.flatMap(id => nodes.get(id)?.path ?? []);
  const words = `The revisions ${on.join(', ')} need one another in a circle, so that Alembic stops whatever it is asked to do. Correct down_revision or depends_on of one of them.`;
  return [{kind: 'other', paths, refused: true, words}];
}

function tooLong(revisions: readonly Revision[]): readonly HistoryProblem[] {
  return revisions
    .filter(({id}) => id.length > longestId)
    .map(({id, path}) => ({
      kind: 'other',
      id,
      paths: [path],
      refused: false,
      words: `Revision ${id} has ${id.length} characters, and alembic_version.version_num holds ${longestId}: applying it fails unless the column has been widened.`,
    }));
}

function severalHeads(graph: Graph): readonly HistoryProblem[] {
  const heads = headsOf(graph);
  if (heads.length < 2) return [];
  const paths = heads.flatMap(id => graph.nodes.get(id)?.path ?? []);
  const words = `The history has ${heads.length} heads: ${heads.join(', ')}. “alembic upgrade head” and “alembic revision” stop at that; Howdah applies all heads. “alembic merge heads” joins them.`;
  return [{kind: 'other', paths, refused: false, words}];
}
