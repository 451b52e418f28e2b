import {l10n, Uri, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {StepModel} from '../../protocol/rehearsal-model.ts';
import {linesOf} from '../../protocol/rehearsal-source.ts';
import {askPick} from '../input-flow.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {projectOptions} from '../settings.ts';
import {TreeNode} from '../tree/node.ts';

/** What is rehearsed: migrations of a project in order, and the database whose history and sizes count. */
export interface RehearsalSubject {
  readonly project: Project;
  readonly migrations: readonly Migration[];
  /** Absent without a target: the history is then every earlier file. */
  readonly connection?: Connection;
}

/** Everything of a subject that its files say, read once for one rehearsal. */
export interface RehearsalScripts {
  readonly history: readonly MigrationScript[];
  readonly steps: readonly {readonly up: MigrationScript; readonly down?: MigrationScript}[];
  readonly models: readonly StepModel[];
}

/**
 * Finds the migration that a command is for: the tree's row, the file, or what the user picks.
 * @returns nothing when the user left
 */
export async function subjectOfMigration(
  parts: Parts,
  argument: unknown,
): Promise<RehearsalSubject | undefined> {
  const data = argument instanceof TreeNode ? argument.data : undefined;
  if (data?.kind === 'migration') {
    const {project, entry, connection} = data;
    return subject(parts, project, [entry.migration], connection);
  }
  await parts.projects.ready();
  await parts.connections.discover();
  const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  const file = uri && parts.projects.file(uri);
  if (file) return subject(parts, file.project, [file.migration], parts.connections.target());
  const project = await pickProject(parts);
  const migration = project && (await pickMigration(parts, project));
  return migration && subject(parts, project, [migration], parts.connections.target());
}

/** @returns all pending migrations of a project on the target; nothing when there are none, which is said */
export async function subjectOfPending(
  parts: Parts,
  project: Project,
  connection: Connection,
): Promise<Outcome<RehearsalSubject>> {
  const status = await parts.statuses.read(connection, project);
  if (!status.ok) return status;
  const pending = status.value.migrations.filter(({state}) => state.kind === 'pending');
  if (pending.length === 0) {
    return fail(
      'nothing-to-do',
      l10n.t('Nothing is pending on {0}, so there is nothing to rehearse.', connection.name),
    );
  }
  return ok(
    subject(
      parts,
      project,
      pending.map(({migration}) => migration),
      connection,
    ),
  );
}

/** With the connection as it is now: a row may be older than the last change of its environment. */
export function subject(
  parts: Parts,
  project: Project,
  migrations: readonly Migration[],
  connection: Connection | undefined,
): RehearsalSubject {
  const now = connection && (parts.connections.get(connection.id) ?? connection);
  return {project, migrations, ...(now ? {connection: now} : {})};
}

async function pickMigration(parts: Parts, project: Project): Promise<Migration | undefined> {
  const items = (parts.projects.history(project)?.migrations ?? [])
    .map(migration => ({label: migration.label, description: migration.title, migration}))
    .toReversed();
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('There is no migration to choose here.'));
    return undefined;
  }
  const placeholder = l10n.t('Which migration?');
  const answer = await askPick({title: l10n.t('Rehearse Migration'), items, placeholder});
  return answer.kind === 'answer' ? answer.value.migration : undefined;
}

/** Failures: those of `Project.list` and `Project.script`. */
export async function readScripts(
  parts: Parts,
  {project, migrations, connection}: RehearsalSubject,
): Promise<Outcome<RehearsalScripts>> {
  const listed = await project.list();
  if (!listed.ok) return listed;
  const options = projectOptions(connection?.settings.extra ?? {}, Uri.file(project.folder));
  const read = (migration: Migration, direction: Direction): Promise<Outcome<MigrationScript>> =>
    project.script(migration, direction, options);
  const history = await allOf(
    before(parts, {project, migrations, ...(connection ? {connection} : {})}, listed.value.migrations).map(
      migration => read(migration, 'up'),
    ),
  );
  if (!history.ok) return history;
  const ups = await allOf(migrations.map(migration => read(migration, 'up')));
  if (!ups.ok) return ups;
  const downs = await allOf(
    migrations.map(migration =>
      migration.down === undefined ? Promise.resolve(ok(undefined)) : read(migration, 'down'),
    ),
  );
  if (!downs.ok) return downs;
  const steps = ups.value.map((up, index) => {
    const down = downs.value[index];
    return down === undefined ? {up} : {up, down};
  });
  return ok({history: history.value, steps, models: steps.map(modelOf)});
}

function modelOf({up, down}: RehearsalScripts['steps'][number]): StepModel {
  return {
    migration: up.migration,
    up: linesOf(up.sql),
    ...(down === undefined ? {} : {down: linesOf(down.sql)}),
  };
}

/**
 * What will have run by then: the earlier files, without those that the tool passes over on this target. Earlier ones
 * that are pending there are among them, because the tool runs them first.
 */
function before(
  parts: Parts,
  {project, migrations, connection}: RehearsalSubject,
  all: readonly Migration[],
): readonly Migration[] {
  const first = all.findIndex(({id}) => id === migrations[0]?.id);
  const status = connection && parts.statuses.get(connection, project);
  const passedOver = new Set(
    status?.migrations.flatMap(({migration, state}) => (state.kind === 'never-runs' ? [migration.id] : [])),
  );
  return all.slice(0, Math.max(0, first)).filter(({id}) => !passedOver.has(id));
}

async function allOf<T>(outcomes: readonly Promise<Outcome<T>>[]): Promise<Outcome<readonly T[]>> {
  const values: T[] = [];
  for (const outcome of await Promise.all(outcomes)) {
    if (!outcome.ok) return outcome;
    values.push(outcome.value);
  }
  return ok(values);
}
