import type {Direction, History, Migration, MigrationState, Status} from '../migrations/migration.ts';
import {labelOf} from '../migrations/position.ts';
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
  /** The file of the other direction; absent as well where one file has both. */
  readonly counterpart?: string;
}

/** @returns nothing for a path that is no file of the project */
export function placeOfFile(path: string, files: ProjectFiles): FilePlace | undefined {
  const index = indexOf(files);
  const migration = index.migrations.get(path);
  if (!migration) return index.duplicates.has(path) ? placeOfDuplicate(path, index, files) : undefined;
  const direction = migration.up === path ? 'up' : 'down';
  const other = migration[direction === 'up' ? 'down' : 'up'];
  const counterpart = other === path ? undefined : other;
  return {
    migration,
    direction,
    state: ofLint(index.states.get(migration.id)),
    history: historyOf(path, migration, index, files),
    ...(counterpart === undefined ? {} : {counterpart}),
  };
}

/** What is asked of each of thousands of files. */
interface Index {
  readonly migrations: ReadonlyMap<string, Migration>;
  /** The files of the same version and direction, by the path of each. */
  readonly duplicates: ReadonlyMap<string, readonly string[]>;
  readonly states: ReadonlyMap<string, MigrationState>;
  readonly gap: {readonly after: string; readonly before: string} | undefined;
  /** The version behind which a file came too late, by the migration's id. */
  readonly passedOver: ReadonlyMap<string, string>;
}

type OfHistory = Pick<Index, 'migrations' | 'duplicates' | 'gap'>;

const indexes = new WeakMap<ProjectFiles, Index>();
/** Statuses change oftener than the files. */
const ofHistories = new WeakMap<History, OfHistory>();

function ofHistory(history: History): OfHistory {
  const known = ofHistories.get(history);
  if (known) return known;
  const duplicated = history.problems.filter(({kind}) => kind === 'duplicate-version');
  const index: OfHistory = {
    migrations: new Map(
      history.migrations.flatMap(migration =>
        [migration.up, migration.down].flatMap(path =>
          path === undefined ? [] : [[path, migration] as const],
        ),
      ),
    ),
    duplicates: new Map(duplicated.flatMap(({paths}) => paths.map(path => [path, paths] as const))),
    gap: onlyGap(history.migrations),
  };
  ofHistories.set(history, index);
  return index;
}

function indexOf(files: ProjectFiles): Index {
  const known = indexes.get(files);
  if (known) return known;
  const {history, status} = files;
  const index: Index = {
    ...ofHistory(history),
    states: new Map(status?.migrations.map(({migration, state}) => [migration.id, state] as const)),
    passedOver: status ? passedOverOn(status) : cameLate(files),
  };
  indexes.set(files, index);
  return index;
}

function placeOfDuplicate(path: string, {duplicates}: Index, {freeLabel}: ProjectFiles): FilePlace {
  const label = /^\d+/.exec(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1))?.[0];
  return {
    direction: path.includes('.down.') ? 'down' : 'up',
    state: 'unknown',
    history: {
      ...(label === undefined ? {} : {label}),
      duplicates: (duplicates.get(path) ?? []).filter(other => other !== path),
      ...(freeLabel === undefined ? {} : {freeLabel}),
    },
  };
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
  {id, label}: Migration,
  {duplicates, states, gap, passedOver}: Index,
  {edited, target, freeLabel}: ProjectFiles,
): FileHistory {
  const others = (duplicates.get(path) ?? []).filter(other => other !== path);
  const state = states.get(id);
  const behind = passedOver.get(id);
  const isEdited = state?.kind === 'edited' || (state?.kind === 'applied' && edited.has(path));
  return {
    id,
    label,
    ...(others.length > 0 ? {duplicates: others} : {}),
    ...(behind === undefined ? {} : {neverRuns: {behind}}),
    ...(gap?.before === id ? {gapAfter: gap.after} : {}),
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

function passedOverOn({position, migrations}: Status): ReadonlyMap<string, string> {
  const current = labelOf(
    position,
    migrations.map(({migration}) => migration),
  );
  if (current === undefined) return new Map();
  return new Map(
    migrations.filter(({state}) => state.kind === 'never-runs').map(({migration}) => [migration.id, current]),
  );
}

/** Without a target: files that arrived after one of a later version, behind which every database may be. */
function cameLate({history, arrivals}: ProjectFiles): ReadonlyMap<string, string> {
  const late = new Map<string, string>();
  let first: {readonly arrival: number; readonly label: string} | undefined;
  for (const {id, label, up} of history.migrations.toReversed()) {
    const arrival = up === undefined ? undefined : arrivals.get(up);
    if (arrival === undefined) continue;
    if (first && first.arrival < arrival) late.set(id, first.label);
    if (!first || arrival < first.arrival) first = {arrival, label};
  }
  return late;
}

/** Numbers with many gaps are dates, or a habit; a single one is a file that somebody forgot. */
function onlyGap(
  migrations: readonly Migration[],
): {readonly after: string; readonly before: string} | undefined {
  if (migrations.length < 3) return undefined;
  const numbers = migrations.map(({id}) => (/^\d+$/.test(id) ? BigInt(id) : undefined));
  let gap: {readonly after: string; readonly before: string} | undefined;
  for (const [index, migration] of migrations.entries()) {
    const previous = migrations[index - 1];
    const [before, number] = [numbers[index - 1], numbers[index]];
    const isNext = before !== undefined && number === before + 1n;
    if (!previous || isNext) continue;
    if (gap) return undefined;
    gap = {after: previous.label, before: migration.id};
  }
  return gap;
}
