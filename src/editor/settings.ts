import {resolve} from 'node:path';
import {Uri, workspace, type ConfigurationScope} from 'vscode';
import type {ProjectOptions} from '../frameworks/framework.ts';

/** The user's settings, read when they are needed: a change holds from the next action on. */
export const settings = {
  discover: (): boolean => get('connections.discover', true),
  lockTimeout: (scope?: ConfigurationScope): number => get('run.lockTimeout', 5000, scope),
  statementTimeout: (scope?: ConfigurationScope): number => get('run.statementTimeout', 0, scope),
  templates: (scope?: ConfigurationScope): string => get('migrations.templates', '', scope),
  /** As the user wrote them: read them with `readGroups`. */
  connectionGroups: (): unknown => get<unknown>('connectionGroups', {}),
  /** As the user wrote it: by the path of a folder, its tool or `none`. */
  frameworks: (scope?: ConfigurationScope): Readonly<Record<string, unknown>> =>
    get('migrations.frameworks', {}, scope),
  codeLens: (scope?: ConfigurationScope): boolean => get('migrations.codeLens', true, scope),
  badges: (): boolean => get('migrations.badges', true),
  pageSize: (): number => get('tree.pageSize', 200),
  rehearseBeforeApply: (scope?: ConfigurationScope): boolean => get('rehearse.beforeApply', true, scope),
  validateAfterApply: (scope?: ConfigurationScope): boolean => get('schema.validateAfterApply', true, scope),
  /** As the user wrote them: read them with `readIgnoreRules`. */
  ignoreInSchema: (scope?: ConfigurationScope): unknown => get<unknown>('schema.ignore', [], scope),
  explainCodeLens: (scope?: ConfigurationScope): boolean => get('explain.codeLens', true, scope),
  explainStatementTimeout: (): number => get('explain.statementTimeout', 30_000),
  explainLockTimeout: (): number => get('explain.lockTimeout', 5000),
  explainHistory: (): number => get('explain.history', 50),
  health: (): {readonly memoryBytes?: number; readonly off: ReadonlySet<string>} => {
    const memory = get('health.serverMemory', 0);
    return {
      off: new Set(get<readonly string[]>('health.checksOff', [])),
      ...(memory > 0 ? {memoryBytes: memory * 2 ** 30} : {}),
    };
  },
};

/**
 * The options of the tools in their own words. What the connection's address says comes first, as it
 * does for the tool's own command line; the settings fill in what it leaves open.
 */
export function projectOptions(
  extra: Readonly<Record<string, string>>,
  scope?: ConfigurationScope,
): ProjectOptions {
  const table = get('golangMigrate.table', '', scope);
  const own: Record<string, string> = {};
  if (table !== '') own['x-migrations-table'] = table;
  if (get('golangMigrate.tableQuoted', false, scope)) own['x-migrations-table-quoted'] = 'true';
  if (get('golangMigrate.multiStatement', false, scope)) own['x-multi-statement'] = 'true';
  const python = get('alembic.python', '', scope);
  if (python !== '') own['python'] = interpreterAt(python, scope);
  const versionTable = get('alembic.versionTable', '', scope);
  if (versionTable !== '') own['version-table'] = versionTable;
  if (!get('dbmate.dumpSchema', true, scope)) own['no-dump-schema'] = 'true';
  if (get('goose.allowMissing', false, scope)) own['allow-missing'] = 'true';
  return {...own, ...extra};
}

/** A path is relative to the workspace folder, whatever the process was started in; a bare name is looked for in `PATH`. */
function interpreterAt(python: string, scope?: ConfigurationScope): string {
  const uri = scope instanceof Uri ? scope : undefined;
  const root = uri && workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  return /[\\/]/.test(python) && root !== undefined ? resolve(root, python) : python;
}

function get<T>(key: string, fallback: T, scope?: ConfigurationScope): T {
  return workspace.getConfiguration('howdah', scope ?? null).get<T>(key, fallback);
}
