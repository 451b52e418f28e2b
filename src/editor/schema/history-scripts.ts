import {l10n, Uri} from 'vscode';
import type {Migration, Status} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
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
  /** Sentences the user should know. */
  readonly notes: readonly string[];
}

/**
 * @param upTo whether pending migrations are expected as well
 * @returns failures: those of `Project.list` and `Project.script`
 */
export async function historyScripts(
  {settings}: Connection,
  project: Project,
  status: Status,
  upTo: 'applied' | 'all',
): Promise<Outcome<HistoryScripts>> {
  const history = await project.list();
  if (!history.ok) return history;
  const states = new Map(status.migrations.map(({migration, state}) => [migration.id, state.kind]));
  const options = projectOptions(settings.extra, Uri.file(project.folder));
  const scripts: MigrationScript[] = [];
  const pending: MigrationScript[] = [];
  for (const migration of history.value.migrations) {
    const state = states.get(migration.id) ?? 'pending';
    const ran = state === 'applied' || state === 'edited';
    if (migration.up === undefined) continue;
    const script = await project.script(migration, 'up', options);
    if (!script.ok) return script;
    if (ran || (upTo === 'all' && state !== 'never-runs')) scripts.push(script.value);
    if (!ran) pending.push(script.value);
  }
  return ok({scripts, pending, notes: notesOf(status)});
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
