import {l10n, Uri} from 'vscode';
import type {Migration, MigrationState, Status} from '../../core/migrations/migration.ts';
import {ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Connection} from '../../core/connections/connection.ts';
import type {Project} from '../../frameworks/framework.ts';
import {projectOptions} from '../settings.ts';

/** The files of a project, as far as one database is concerned. */
export interface HistoryScripts {
  /** Those that lead to what is expected, in order. */
  readonly scripts: readonly MigrationScript[];
  /** Those that have not run there. */
  readonly pending: readonly MigrationScript[];
  readonly upTo: 'applied' | 'all';
  /** Sentences the user should know. */
  readonly notes: readonly string[];
}

/** A role that may not read the bookkeeping can still compare: with all that the files say. */
export async function allScripts(
  connection: Connection,
  project: Project,
  {message}: Failure,
): Promise<Outcome<HistoryScripts>> {
  const history = await project.list();
  if (!history.ok) return history;
  const scripts = await scriptsOf(connection, project, history.value.migrations);
  const note = l10n.t(
    'Which migrations have run there could not be read, so all of them are expected: {0}.',
    message,
  );
  return scripts.ok ? ok({scripts: scripts.value, pending: [], upTo: 'all', notes: [note]}) : scripts;
}

/**
 * @param upTo whether pending migrations are expected as well
 * @returns failures: those of `Project.list` and `Project.script`
 */
export async function historyScripts(
  connection: Connection,
  project: Project,
  status: Status,
  upTo: 'applied' | 'all',
): Promise<Outcome<HistoryScripts>> {
  const history = await project.list();
  if (!history.ok) return history;
  const states = new Map(status.migrations.map(({migration, state}) => [migration.id, state.kind]));
  const stateOf = ({migration}: MigrationScript): MigrationState['kind'] =>
    states.get(migration.id) ?? 'pending';
  const ran = (script: MigrationScript): boolean => ['applied', 'edited'].includes(stateOf(script));
  const all = await scriptsOf(connection, project, history.value.migrations);
  if (!all.ok) return all;
  return ok({
    scripts: all.value.filter(one => ran(one) || (upTo === 'all' && stateOf(one) !== 'never-runs')),
    pending: all.value.filter(one => !ran(one)),
    upTo,
    notes: notesOf(status),
  });
}

/** What has no up file leaves the schema as it is. */
async function scriptsOf(
  {settings}: Connection,
  project: Project,
  migrations: readonly Migration[],
): Promise<Outcome<readonly MigrationScript[]>> {
  const options = projectOptions(settings.extra, Uri.file(project.folder));
  const scripts: MigrationScript[] = [];
  for (const migration of migrations) {
    if (migration.up === undefined) continue;
    const script = await project.script(migration, 'up', options);
    if (!script.ok) return script;
    scripts.push(script.value);
  }
  return ok(scripts);
}

function notesOf({migrations}: Status): readonly string[] {
  const labels = (kind: string): readonly string[] =>
    migrations.filter(({state}) => state.kind === kind).map(({migration}) => name(migration));
  const [failed] = labels('failed');
  const [running] = labels('running');
  const [missing] = labels('missing-file');
  return [
    ...(failed === undefined
      ? []
      : [l10n.t('{0} failed there: what it did before it failed counts as a difference.', failed)]),
    ...(running === undefined ? [] : [l10n.t('{0} is running there now.', running)]),
    ...(missing === undefined
      ? []
      : [l10n.t('The database is at {0}, which no file has: what it did counts as a difference.', missing)]),
  ];
}

function name({label, title}: Migration): string {
  return title === '' ? label : `${label}_${title}`;
}
