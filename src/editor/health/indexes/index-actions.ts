import {l10n, window} from 'vscode';
import type {HealthFinding} from '../../../core/health/finding.ts';
import {formatBytes} from '../../../core/catalog/format.ts';
import {dropIndexMigrations} from '../../../core/health/indexes/drop-migration.ts';
import {servesOf} from '../../../core/health/indexes/serves.ts';
import type {IndexRow} from '../../../core/health/parts/indexes.ts';
import {percent} from '../../../core/health/words.ts';
import {measureBloat} from '../../../postgres/health/measure-bloat.ts';
import {reading} from '../../connections/reading.ts';
import {writeFindingMigrations, type MigrationAction} from '../finding-migrations.ts';
import type {HealthHome} from '../health-home.ts';
import type {IndexReading} from './index-reading.ts';
import type {IndexSession} from './index-session.ts';

/** More migrations than this are not written without a question: each is two files. */
const manyMigrations = 10;

/** Does what several findings offer: writes the migrations of all, or rebuilds their indexes. */
export async function actOnAll(
  home: HealthHome,
  session: IndexSession,
  findings: readonly HealthFinding[],
): Promise<void> {
  const offered = findings.flatMap(one =>
    one.actions.filter(action => action.kind === 'migration').slice(0, 1),
  );
  const migrations = offered.flatMap(action => action.migrations);
  const [first] = offered;
  if (!first) return rebuildAll(home, session, findings);
  const title = offered.length === 1 ? first.title : l10n.t('Write {0} migrations', migrations.length);
  if (migrations.length > manyMigrations && !(await agreed(title))) return;
  await write(home, session, {title, migrations});
}

/** What failed or was cancelled has rebuilt some, and may have left an invalid index, so that all are read again. */
async function rebuildAll(
  {maintenance}: HealthHome,
  session: IndexSession,
  findings: readonly HealthFinding[],
): Promise<void> {
  const indexes = findings.flatMap(({actions}) =>
    actions.flatMap(action =>
      action.kind === 'maintain' && action.command === 'reindex' ? (action.object ?? []) : [],
    ),
  );
  if (indexes.length === 0) return;
  if ((await maintenance.rebuild(session.connection, indexes)) !== 'refused') await session.read();
}

async function agreed(title: string): Promise<boolean> {
  const go = l10n.t('Write');
  const detail = l10n.t(
    'What does not block writes has to be alone in its migration, so each is a pair of files. Nothing is run.',
  );
  return (await window.showWarningMessage(title, {modal: true, detail}, go)) === go;
}

/** Writes a migration that drops an index of the list, and says what is at stake. */
export async function dropIndex(
  home: HealthHome,
  session: IndexSession,
  {part}: IndexReading,
  row: IndexRow,
): Promise<void> {
  const migrations = dropIndexMigrations(part, row);
  if (migrations.length === 0)
    return session.notice({
      tone: 'warning',
      text: l10n.t('{0} cannot be dropped so that it could be made again as it is.', row.name),
      more: servesOf(part, row),
    });
  const title = l10n.t('Drop the index {0}', row.name);
  await write(home, session, {title, migrations}, servesOf(part, row));
}

export async function rebuildIndex(
  {maintenance}: HealthHome,
  session: IndexSession,
  {schema, name}: IndexRow,
): Promise<void> {
  const request = {command: 'reindex', object: {schema, name}} as const;
  if ((await maintenance.start(session.connection, request)) !== 'refused') await session.read();
}

/** Reads a whole index with pgstattuple, which takes as long as it is large, and says how much of it is bloat. */
export async function measureIndex(
  {parts}: HealthHome,
  session: IndexSession,
  {schema, name}: IndexRow,
): Promise<void> {
  const doing = l10n.t('Measuring the bloat of {0}', name);
  const bloat = await reading(parts, session.connection, doing, (db, signal) =>
    measureBloat(db, 'index', {schema, name}, signal),
  );
  if (!bloat) return;
  const text = l10n.t(
    '{0} of {1} is bloat, {2}. Measured by pgstattuple.',
    formatBytes(bloat.bytes),
    name,
    percent(bloat.share),
  );
  session.notice({tone: 'good', text, more: []});
}

async function write(
  {parts}: HealthHome,
  session: IndexSession,
  {title, migrations}: MigrationAction,
  stakes: readonly string[] = [],
): Promise<void> {
  await writeFindingMigrations(parts, session.connection, {title, migrations}, notice =>
    session.notice(
      notice && stakes.length > 0 && notice.tone !== 'busy'
        ? {
            ...notice,
            tone: notice.tone === 'good' ? 'warning' : notice.tone,
            more: [...notice.more, ...stakes],
          }
        : notice,
    ),
  );
}
