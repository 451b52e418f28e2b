import {l10n, ViewColumn} from 'vscode';
import {partOf} from '../../core/health/assess.ts';
import {writeFindingMigrations} from './finding-migrations.ts';
import type {HealthHome} from './health-home.ts';
import type {HealthSession} from './health-session.ts';

/** Leads to pg_stat_statements: the setting first, which needs a restart, and where it is made the migration. */
export async function enableStatements({parts}: HealthHome, session: HealthSession): Promise<void> {
  const settings = partOf(session.monitor.state.reading, 'settings')?.rows ?? [];
  const libraries = settings.find(({name}) => name === 'shared_preload_libraries')?.value ?? '';
  const loaded = libraries.split(',').some(one => one.trim().replaceAll('"', '') === 'pg_stat_statements');
  if (loaded)
    return writeFindingMigrations(
      parts,
      session.connection,
      {
        title: l10n.t('Create pg_stat_statements'),
        migrations: [
          {
            title: 'create pg_stat_statements',
            up: 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements;\n',
            down: 'DROP EXTENSION pg_stat_statements;\n',
          },
        ],
      },
      notice => session.notice(notice),
    );
  await parts.documents.open('pg_stat_statements.sql', 'sql', preload(libraries), ViewColumn.Beside);
}

/** A superuser's statement; a managed service has a page for it. */
function preload(libraries: string): string {
  const names = [...libraries.split(',').map(name => name.trim()), 'pg_stat_statements'].filter(Boolean);
  return `-- pg_stat_statements has to be loaded when the server starts. As a superuser:
ALTER SYSTEM SET shared_preload_libraries = ${names.map(name => `'${name.replaceAll("'", "''")}'`).join(', ')};
-- Then restart the server. On a managed service, set shared_preload_libraries in its parameters instead.
-- After the restart, in this database (Howdah writes it as a migration):
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
`;
}
