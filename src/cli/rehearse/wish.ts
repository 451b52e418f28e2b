import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Project, ProjectOptions} from '../../frameworks/framework.ts';
import type {RehearseOptions} from '../commands/rehearse.ts';
import {projectOptions} from '../flags.ts';
import type {Invocation} from '../runner.ts';
import {readSettledStatus} from '../status-now.ts';
import type {Live} from './rehearse-files.ts';

/** Which files are rehearsed, on the state that which others lead to. */
export interface Rehearsal {
  readonly project: Project;
  readonly history: readonly MigrationScript[];
  readonly steps: readonly {readonly up: MigrationScript; readonly down?: MigrationScript}[];
}

/**
 * @param version as the file name writes it, or its number
 * @param live what says which files are applied; without it none is
 * @returns failures: `nothing-to-do`, `missing-file`, and those of reading the files and the status
 */
export async function wishFor(
  project: Project,
  version: string | undefined,
  {last}: Pick<RehearseOptions, 'last'>,
  live: Live | undefined,
  invocation: Invocation,
): Promise<Outcome<Rehearsal>> {
  const options = projectOptions(invocation.flags, live?.target.connection.settings.extra ?? {});
  const history = await project.list();
  if (!history.ok) return history;
  const {migrations} = history.value;
  const applied = live ? await appliedOn(live, project, options, invocation) : ok(new Set<string>());
  if (!applied.ok) return applied;
  const wanted = chosen(migrations, applied.value, version, last);
  if (!wanted.ok) return wanted;
  const [first] = wanted.value;
  const before = migrations.filter(
    migration =>
      !wanted.value.includes(migration) &&
      (live && version === undefined
        ? applied.value.has(migration.id)
        : migrations.indexOf(migration) < migrations.indexOf(first ?? migration)),
  );
  const read = await readAll(project, before, wanted.value, options);
  return read.ok ? ok({project, ...read.value}) : read;
}

async function appliedOn(
  live: Live,
  project: Project,
  options: ProjectOptions,
  invocation: Invocation,
): Promise<Outcome<ReadonlySet<string>>> {
  const status = await readSettledStatus(project, live, options, invocation);
  if (!status.ok) return status;
  const applied = status.value.migrations.filter(
    ({state}) => state.kind === 'applied' || state.kind === 'edited',
  );
  return ok(new Set(applied.map(({migration}) => migration.id)));
}

function chosen(
  migrations: readonly Migration[],
  applied: ReadonlySet<string>,
  version: string | undefined,
  last: number | undefined,
): Outcome<readonly Migration[]> {
  if (version !== undefined) {
    const named = migrations.filter(({id, label}) => id === version || label === version);
    return named.length > 0
      ? ok(named)
      : fail('missing-file', `No file has version ${version}.`, {
          advice: '"howdah status" lists the versions.',
        });
  }
  const pending = migrations.filter(({id}) => !applied.has(id));
  if (pending.length > 0) return ok(pending.slice(-(last ?? pending.length)));
  return fail('nothing-to-do', 'There is no migration to rehearse.', {
    advice: 'Everything is applied there; name a version to rehearse it again.',
  });
}

async function readAll(
  project: Project,
  before: readonly Migration[],
  wanted: readonly Migration[],
  options: ProjectOptions,
): Promise<Outcome<Pick<Rehearsal, 'history' | 'steps'>>> {
  const history: MigrationScript[] = [];
  for (const migration of before) {
    const up = await project.script(migration, 'up', options);
    if (!up.ok) return up;
    history.push(up.value);
  }
  const steps: Rehearsal['steps'][number][] = [];
  for (const migration of wanted) {
    const up = await project.script(migration, 'up', options);
    if (!up.ok) return up;
    const down = migration.down === undefined ? undefined : await project.script(migration, 'down', options);
    if (down && !down.ok) return down;
    steps.push({up: up.value, ...(down ? {down: down.value} : {})});
  }
  return ok({history, steps});
}
