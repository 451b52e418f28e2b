import {l10n, Uri, window, type ViewColumn} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {concurrentDefinition, readIndexDefinition} from '../../core/explain/what-if-definition.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readPlanFacts} from '../../postgres/explain/facts.ts';
import {showFailure} from '../failures.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {indexMigration} from './index-migration.ts';

/** Writes a migration that makes the index, in the project's own format, and opens it. Nothing is run. */
export async function createIndexMigration(
  parts: Parts,
  parser: Parser,
  connection: Connection | undefined,
  {definition, viewColumn}: {readonly definition: string; readonly viewColumn: ViewColumn},
): Promise<void> {
  const doing = l10n.t('Creating a migration');
  const index = await readIndexDefinition(parser, definition);
  if (!index.ok) return showFailure(parts.log, doing, index.failure);
  const project = await pickProject(parts, connection);
  if (!project) return;
  const partitioned = connection !== undefined && (await isPartitioned(parts, connection, index.value));
  const migration = indexMigration(index.value, concurrentDefinition(index.value), partitioned);
  const created = await project.create({...migration, now: new Date()});
  if (!created.ok) return showFailure(parts.log, doing, created.failure);
  await parts.projects.detect();
  const [first] = created.value;
  if (first !== undefined) await window.showTextDocument(Uri.file(first), {viewColumn});
}

/** A server that cannot be asked now does not hold up the migration. */
async function isPartitioned(
  {sessions}: Parts,
  connection: Connection,
  {schema, table}: {readonly schema?: string; readonly table: string},
): Promise<boolean> {
  const session = await sessions.browse(connection);
  if (!session.ok) return false;
  const asked = {relations: [{schema: schema ?? null, name: table}], constraints: []};
  const facts = await readPlanFacts(session.value, asked);
  return facts.ok && facts.value.tables[0]?.kind === 'partitioned-table';
}
