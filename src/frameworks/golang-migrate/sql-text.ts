import {basename} from 'node:path';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Plan, Step} from '../../core/migrations/plan.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {createTableText, markText, versionOf, type Table} from './bookkeeping.ts';
import {readSql} from '../shared/file-text.ts';
import {splitPieces} from './multi-statement.ts';
import type {Settings} from './settings.ts';

/** @returns all that `run` would send, in order, each text with a comment before it. */
export async function sqlOf(plan: Plan, settings: Settings): Promise<Outcome<string>> {
  const table = tableOf(plan, settings);
  const keys = settings.lock ? (plan.bookkeeping?.lockKeys ?? []) : [];
  const parts = keys.map(key => `-- The migration lock\nSELECT pg_try_advisory_lock(${key});`);
  if (plan.bookkeeping?.exists === false)
    parts.push(`-- The bookkeeping table, which is not there yet\n${createTableText(table)};`);
  for (const step of plan.steps) {
    const texts = await textsOf(step, table, settings);
    if (!texts.ok) return texts;
    parts.push(...texts.value);
  }
  parts.push(
    ...keys
      .toReversed()
      .map(key => `-- The migration lock is given back\nSELECT pg_advisory_unlock(${key});`),
  );
  return ok(`${parts.join('\n\n')}\n`);
}

async function textsOf(step: Step, table: Table, settings: Settings): Promise<Outcome<readonly string[]>> {
  const version = versionOf(step.leads);
  const file = await fileText(step, settings);
  if (!file.ok) return file;
  return ok([
    `-- Mark version ${version} as begun (dirty)\n${markText(table, {version, dirty: true})}`,
    file.value,
    `-- Mark version ${version} as done\n${markText(table, {version, dirty: false})}`,
  ]);
}

async function fileText(step: Step, settings: Settings): Promise<Outcome<string>> {
  const {migration, direction, path} = step;
  if (path === undefined)
    return ok(`-- ${migration.label} has no ${direction} file: nothing runs, only the version moves`);
  const sql = await readSql(path);
  if (!sql.ok) return sql;
  const name = basename(path);
  if (!settings.multiStatement) return ok(`-- ${name}, sent as one query\n${sql.value.trimEnd()}`);
  const {pieces} = splitPieces(sql.value, settings.multiStatementMaxSize);
  return ok(
    pieces
      .map(({start, end}) => sql.value.slice(start, end).trim())
      .filter(piece => piece !== '')
      .map((piece, index) => `-- ${name}, piece ${index + 1}, committed by itself\n${piece}`)
      .join('\n\n'),
  );
}

/** Only what is shown needs no schema; `run` asks the connection. */
function tableOf(plan: Plan, settings: Settings): Table {
  const quoted =
    plan.bookkeeping?.table ??
    [settings.schema, settings.table]
      .flatMap(name => (name === undefined ? [] : quoteIdentifier(name)))
      .join('.');
  return {schema: settings.schema ?? '', name: settings.table, quoted};
}
