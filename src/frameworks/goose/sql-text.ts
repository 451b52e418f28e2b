import {basename} from 'node:path';
import type {Plan, Step} from '../../core/migrations/plan.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {recordText, seededTableText} from './bookkeeping.ts';
import {readMigrationFile} from './files.ts';
import {lockKey} from './lock-key.ts';
import type {Settings} from './settings.ts';

/** @returns all that `run` would send, in order, each text with a comment before it. */
export async function sqlOf(plan: Plan, settings: Settings): Promise<Outcome<string>> {
  const parts = [`-- The lock that keeps other runs away\nSELECT pg_try_advisory_lock(${lockKey});`];
  if (plan.bookkeeping?.exists === false)
    parts.push(`-- The bookkeeping table, which is not there yet\n${seededTableText(settings.table)};`);
  for (const step of plan.steps) {
    const text = await textOf(step, settings);
    if (!text.ok) return text;
    parts.push(text.value);
  }
  parts.push(`-- The lock is given back\nSELECT pg_advisory_unlock(${lockKey});`);
  return ok(`${parts.join('\n\n')}\n`);
}

/** As it stands in the file, with the comments before each statement: what a variable puts in may be a secret. */
async function textOf({path, direction, migration}: Step, settings: Settings): Promise<Outcome<string>> {
  const record = `${recordText(settings.table, migration.id, direction)};`;
  if (path === undefined) return ok(record);
  const file = await readMigrationFile(path, direction, settings);
  if (!file.ok) return file;
  const {statements, transaction, sql} = file.value;
  const texts = statements.map(({whole}) => sql.slice(whole.start, whole.end).trim());
  const name = basename(path);
  return ok(
    transaction
      ? [`-- ${name}, in one transaction with its record\nBEGIN;`, ...texts, `${record}\nCOMMIT;`].join('\n')
      : [`-- ${name}, each statement committed by itself`, ...texts, record].join('\n'),
  );
}
