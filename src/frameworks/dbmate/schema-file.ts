import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, relative} from 'node:path';
import {schemaText, takesRestrictKey} from '../../core/dbmate/schema-text.ts';
import type {Plan, RunReport} from '../../core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable, Session} from '../../core/session.ts';
import type {RunOptions} from '../framework.ts';
import {runProgram} from '../shared/child.ts';
import {codeOf} from '../shared/file-text.ts';
import {locateTable} from './bookkeeping.ts';
import type {Place, Settings} from './settings.ts';
import {searchPathSql, versionLiteralsSql} from './sql/schema-file.ts';

/**
 * Writes the project's schema file after a run, when the tool would: after an upward run without a failure and after
 * each rollback.
 * @returns the report; its words say what became of the file. The tool keeps silent where pg_dump fails
 */
export async function writeSchemaFile(
  session: Session,
  report: RunReport,
  {direction}: Plan,
  settings: Settings,
  {root}: Place,
  run: RunOptions,
): Promise<Outcome<RunReport>> {
  const due = direction === 'up' ? report.stopped === undefined : report.done.length > 0;
  if (!settings.dumpSchema || !due || session.transactionStatus() === 'gone') return ok(report);
  const written = await write(session, settings, root, run);
  const name = relative(root, settings.schemaFile);
  const words = written.ok ? `${name} was written.` : `${name} was not written: ${written.failure.message}`;
  return ok({...report, words: `${report.words} ${words}`});
}

async function write(
  session: Queryable,
  settings: Settings,
  root: string,
  run: RunOptions,
): Promise<Outcome<void>> {
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const rows = await session.query(versionLiteralsSql(table.value.quoted));
  if (!rows.ok) return rows;
  const dump = await dumpSchema(session, root, run);
  if (!dump.ok) return dump;
  const literals = rows.value.rows.map(({literal}) => String(literal));
  return save(settings.schemaFile, schemaText(dump.value, table.value.quoted, literals));
}

async function dumpSchema(
  session: Queryable,
  cwd: string,
  {environment: open, signal}: RunOptions,
): Promise<Outcome<string>> {
  const environment = await open?.();
  if (!environment) return fail('unsupported', 'pg_dump was not started, because it could not be connected.');
  if (!environment.ok) return environment;
  const brought = await session.query(searchPathSql);
  if (!brought.ok) return brought;
  const setting = brought.value.rows[0]?.['setting'];
  const schemas = (typeof setting === 'string' ? setting.split(',') : []).flatMap(schema =>
    schema.trim() === '' ? [] : ['--schema', schema.trim()],
  );
  const pgDump = {command: 'pg_dump', cwd, environment: environment.value, ...(signal ? {signal} : {})};
  const version = await runProgram({...pgDump, parameters: ['--version']});
  if (!version.ok) return version;
  const key = takesRestrictKey(version.value.stdout) ? ['--restrict-key=dbmate'] : [];
  const ended = await runProgram({...pgDump, parameters: [...always, ...key, ...schemas]});
  if (!ended.ok) return ended;
  return ended.value.code === 0
    ? ok(ended.value.stdout)
    : fail('unsupported', ended.value.stderr.trim() || 'pg_dump failed.');
}

/** The tool's own flags. */
const always = ['--format=plain', '--encoding=UTF8', '--schema-only', '--no-privileges', '--no-owner'];

async function save(path: string, text: string): Promise<Outcome<void>> {
  try {
    await mkdir(dirname(path), {recursive: true});
    await writeFile(path, text);
    return ok(undefined);
  } catch (error) {
    return fail('unwritable-file', `it is not writable (${codeOf(error)}).`);
  }
}
