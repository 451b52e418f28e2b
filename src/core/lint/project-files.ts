import type {Direction, History, Migration, MigrationState, Status} from '../migrations/migration.ts';
import type {FileHistory, LintFile} from './file.ts';

/** What is known of a project's files, and of a target's bookkeeping, as far as findings need it. */
export interface ProjectFiles {
  readonly history: History;
  /** On the target. */
  readonly status?: Status;
  /** The target's name. */
  readonly target?: string;
  /** Absolute paths of files that changed after they had arrived, as git says. */
  readonly edited: ReadonlySet<string>;
  /** When each file arrived, as git says: a rank that grows with time, infinite for a file git does not know yet. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** The version that a new migration would get. */
  readonly freeLabel?: string;
}

/** One file in its place among the others. */
export interface FilePlace {
  readonly migration?: Migration;
  readonly direction: Direction;
  readonly state: LintFile['state'];
  readonly history: FileHistory;
  /** The file of the other direction. */
  readonly counterpart?: string;
}

/** @returns nothing for a path that is no file of the project */
export function placeOfFile(path: string, files: ProjectFiles): FilePlace | undefined {
  const duplicate = files.history.problems.find(
    ({kind, paths}) => kind === 'duplicate-version' && paths.includes(path),
  );
  const migration = files.history.migrations.find(({up, down}) => up === path || down === path);
  if (!migration) return duplicate && placeOfDuplicate(path, duplicate, files);
  const direction = migration.up === path ? 'up' : 'down';
  const counterpart = migration[direction === 'up' ? 'down' : 'up'];
  const state = stateOf(migration, files);
  return {
    migration,
    direction,
    state: ofLint(state),
    history: historyOf(path, migration, state, files),
    ...(counterpart === undefined ? {} : {counterpart}),
  };
}

function placeOfDuplicate(
  path: string,
  {id, paths}: {readonly id: string; readonly paths: readonly string[]},
  {freeLabel}: ProjectFiles,
): FilePlace {
  return {
    direction: path.includes('.down.') ? 'down' : 'up',
    state: 'unknown',
    history: {
      id,
      duplicates: paths.filter(other => other !== path),
      ...(freeLabel === undefined ? {} : {freeLabel}),
    },
  };
}

function stateOf({id}: Migration, {status}: ProjectFiles): MigrationState | undefined {
  return status?.migrations.find(({migration}) => migration.id === id)?.state;
}

function ofLint(state: MigrationState | undefined): LintFile['state'] {
  switch (state?.kind) {
    case undefined:
      return 'unknown';
    case 'applied':
    case 'edited':
    case 'running':
      return 'applied';
    case 'pending':
    case 'failed':
    case 'missing-file':
    case 'never-runs':
      return 'pending';
    default:
      return state satisfies never;
  }
}

function historyOf(
  path: string,
  migration: Migration,
  state: MigrationState | undefined,
  files: ProjectFiles,
): FileHistory {
  const {id, label} = migration;
  const {history, edited, target, freeLabel} = files;
  const paths = history.problems.flatMap(problem =>
    problem.kind === 'duplicate-version' && problem.id === id ? problem.paths : [],
  );
  const behind = passedOver(migration, state, files);
  const gapAfter =
    onlyGap(history.migrations)?.before === id ? onlyGap(history.migrations)?.after : undefined;
  const isEdited = state?.kind === 'edited' || (state?.kind === 'applied' && edited.has(path));
  return {
    id,
    label,
    ...(paths.length > 1 ? {duplicates: paths.filter(other => other !== path)} : {}),
    ...(behind === undefined ? {} : {neverRuns: {behind}}),
    ...(gapAfter === undefined ? {} : {gapAfter}),
    ...(isEdited
      ? {
          editedAfterApply: {
            by: state.kind === 'edited' ? 'checksum' : 'git',
            ...(target === undefined ? {} : {target}),
          },
        }
      : {}),
    ...(freeLabel === undefined ? {} : {freeLabel}),
  };
}

/** @returns the version behind which the file came: the target's, or without one that of a file that arrived before it */
function passedOver(
  migration: Migration,
  state: MigrationState | undefined,
  {history, status, arrivals}: ProjectFiles,
): string | undefined {
  const {migrations} = history;
  if (status) {
    const {position} = status;
    if (state?.kind !== 'never-runs' || position.kind === 'none') return undefined;
    return migrations.find(({id}) => id === position.id)?.label ?? position.id;
  }
  const own = arrivalOf(migration, arrivals);
  if (own === undefined) return undefined;
  const later = migrations.slice(migrations.indexOf(migration) + 1);
  return later.findLast(other => (arrivalOf(other, arrivals) ?? Infinity) < own)?.label;
}

function arrivalOf({up}: Migration, arrivals: ProjectFiles['arrivals']): number | undefined {
  return up === undefined ? undefined : arrivals.get(up);
}

/** Numbers with many gaps are dates, or a habit; a single one is a file that somebody forgot. */
function onlyGap(
  migrations: readonly Migration[],
): {readonly after: string; readonly before: string} | undefined {
  if (migrations.length < 3) return undefined;
  const gaps = migrations.slice(1).flatMap((migration, index) => {
    const previous = migrations[index];
    const step =
      previous && /^\d+$/.test(previous.id + migration.id) && BigInt(migration.id) - BigInt(previous.id);
    return previous && step !== 1n ? [{after: previous.label, before: migration.id}] : [];
  });
  return gaps.length === 1 ? gaps[0] : undefined;
}
