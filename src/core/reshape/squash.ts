import type {FrameworkId, Migration, Position, Status} from '../migrations/migration.ts';
import {fail, ok, type Outcome} from '../outcome.ts';
import {enumeratedInShort} from '../words.ts';
import type {Portable} from './portable.ts';

/**
 * @returns the migrations that become one. Failures: `invalid-input`, and `unsupported` for what has no place in one
 *   file: a repeatable migration, and branches
 */
export function squashedOf(
  tool: FrameworkId,
  history: readonly Migration[],
  last: string,
): Outcome<readonly Migration[]> {
  if (history.length < 2)
    return fail('invalid-input', 'There are not two migrations here, so that nothing can be squashed.');
  const count = history.findIndex(({id}) => id === last) + 1;
  if (count < 2)
    return fail(
      'invalid-input',
      'There are not two migrations up to this one, so that nothing can be squashed.',
      {
        advice: 'Choose a later migration.',
      },
    );
  const squashed = history.slice(0, count);
  const refused =
    tool === 'flyway'
      ? repeatableAmong(squashed)
      : tool === 'alembic'
        ? branchAmong(history, count)
        : undefined;
  return refused ?? ok(squashed);
}

function repeatableAmong(squashed: readonly Migration[]): Outcome<never> | undefined {
  const found = squashed.find(({up = ''}) => /[\\/]R__[^\\/]*$/.test(up));
  return found
    ? fail(
        'unsupported',
        `${found.title} is a repeatable migration, which runs again whenever its file changes.`,
        {
          advice: 'Choose the last versioned migration; the repeatable ones stay as they are.',
        },
      )
    : undefined;
}

/** The new file takes the place of the last one, and has nothing before it. */
function branchAmong(history: readonly Migration[], count: number): Outcome<never> | undefined {
  const before = new Set(history.slice(0, count - 1).map(({id}) => id));
  const isLinear = ({graph}: Migration, index: number): boolean =>
    graph === undefined ||
    (index < count
      ? graph.parents.join() === (history[index - 1]?.id ?? '') &&
        graph.dependsOn.length === 0 &&
        graph.branchLabels.length === 0
      : ![...graph.parents, ...graph.dependsOn].some(id => before.has(id)));
  const found = history.find((migration, index) => !isLinear(migration, index));
  if (!found) return undefined;
  return fail(
    'unsupported',
    `The migrations up to ${history[count - 1]?.label ?? ''} are not one line: ${found.label} begins a branch, merges some, depends on another or names one.`,
    {
      advice:
        'Choose a migration before that, or squash when the branches are merged and no longer wanted (alembic merge heads).',
    },
  );
}

/**
 * @returns whether a database has run all of them, or none. Failures: `dirty`, and `invalid-input` for one in the middle
 */
export function standingOf(status: Status, squashed: readonly Migration[]): Outcome<'all' | 'none'> {
  if (status.position.kind === 'failed')
    return fail('dirty', 'A migration failed there.', {advice: 'Repair it before you squash.'});
  const states = new Map(status.migrations.map(({migration, state}) => [migration.id, state.kind]));
  const pending = squashed.filter(({id}) => !['applied', 'edited'].includes(states.get(id) ?? 'pending'));
  if (pending.length === 0) return ok('all');
  if (pending.length === squashed.length) return ok('none');
  const labels = enumeratedInShort(pending.map(({label}) => label));
  return fail(
    'invalid-input',
    `It has run some of them and not ${labels}, so that one file could not go on from there.`,
    {
      advice: 'Apply these first, or squash fewer migrations.',
    },
  );
}

/** What a database records of files that are one now. */
export interface Correction {
  /** What is to be recorded: the last file that is applied, so that what is behind it stays as it is. */
  readonly position: Position;
  /** Labels of the migrations whose rows go. */
  readonly goes: readonly string[];
}

/**
 * @param status after the squash
 * @param isSquashed whether a migration without a file is one of the squashed
 * @returns nothing where no row is without a file, as with a tool that keeps the current version only. Failures:
 *   `invalid-input` where another row has no file, because it would go as well
 */
export function correctionOf(
  {migrations}: Status,
  isSquashed: (migration: Migration) => boolean,
): Outcome<Correction | undefined> {
  const missing = migrations.flatMap(({migration, state}) =>
    state.kind === 'missing-file' ? migration : [],
  );
  if (missing.length === 0) return ok(undefined);
  const stranger = missing.find(migration => !isSquashed(migration));
  if (stranger)
    return fail('invalid-input', `It has ${stranger.label}, which no file has and which was not squashed.`, {
      advice: 'Bring that file back first, or take its row out by hand.',
    });
  const last = migrations.findLast(({state}) => state.kind === 'applied' || state.kind === 'edited');
  if (!last) return fail('invalid-input', 'Nothing of the history is applied there.');
  return ok({position: {kind: 'at', id: last.migration.id}, goes: missing.map(({label}) => label)});
}

/** @returns what undoes all of them, the last first; a refusal where one of them cannot be undone in one transaction */
export function squashedDown(migrations: readonly Portable[]): string {
  const whole = migrations.every(({down, outside}) => down.trim() !== '' && !outside);
  if (!whole) return refusal;
  return migrations
    .toReversed()
    .map(({migration, down}) => `-- ${migration.label} ${migration.title.replaceAll(/\s+/g, ' ')}\n${down}`)
    .join('\n');
}

const refusal = `-- One of the squashed migrations has no way back, or none in a transaction.
DO $$ BEGIN RAISE EXCEPTION 'The squashed migrations are not rolled back.'; END $$;
`;

/**
 * Beside the folder, because some tools read the folders in it; and under a name that none of them reads: golang-migrate
 * takes any extension, but only names that begin with a number.
 */
export function archivedPath(folder: string, path: string): string {
  const inFolder = path.slice(folder.length).replace(/[^\\/]*$/, name => `squashed-${name}.txt`);
  return `${folder}.squashed${inFolder}`;
}

/**
 * @param paths of files that `archivedPath` gave them
 * @returns whether a migration that has only a row by now, and so no more than a version or a name, was one of them
 */
export function archivedIn(paths: readonly string[]): (migration: Migration) => boolean {
  const names = paths.flatMap(path => {
    const [, own = '', name] = /([^\\/]*)[\\/]squashed-([^\\/]+)\.txt$/.exec(path) ?? [];
    return name === 'migration.sql' ? own : (name ?? []);
  });
  const versions = names.flatMap(name => {
    const version = /^V(.+?)__/.exec(name)?.[1]?.replaceAll('_', '.') ?? /^[^_.]+/.exec(name)?.[0] ?? name;
    return [name.replace(/(?:\.(?:up|down))?\.\w+$/, ''), version, version.replace(/^0+(?=\d)/, '')];
  });
  const known = new Set(versions);
  return ({id, label}) => known.has(id) || known.has(label);
}
