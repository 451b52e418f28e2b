import {basename} from 'node:path';
import type {Plan, Step} from '../../core/migrations/plan.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {createTableText, recordText} from './bookkeeping.ts';
import {readMigrationFile} from './files.ts';
import {lockKey} from './lock-key.ts';
import type {Settings} from './settings.ts';

/** @returns all that `run` would send, in order, each text with a comment before it. */
export async function sqlOf(plan: Plan, settings: Settings): Promise<Outcome<string>> {
  const quoted = plan.bookkeeping?.table ?? settings.table;
  const parts = [`-- The lock that keeps other runs away\nSELECT pg_try_advisory_lock(${lockKey});`];
  if (plan.bookkeeping?.exists === false)
    parts.push(`-- The bookkeeping table, which is not there yet\n${createTableText({quoted})};`);
  for (const step of plan.steps) {
    const texts = await textsOf(step, quoted);
    if (!texts.ok) return texts;
    parts.push(...texts.value);
  }
  parts.push(`-- The lock is given back\nSELECT pg_advisory_unlock(${lockKey});`);
  return ok(`${parts.join('\n\n')}\n`);
}

async function textsOf(
  {path, direction, migration}: Step,
  quoted: string,
): Promise<Outcome<readonly string[]>> {
  if (path === undefined) return ok([]);
  const file = await readMigrationFile(path);
  if (!file.ok) return file;
  const record = `${recordText({quoted}, migration.id, direction)};`;
  return ok(
    file.value.sections.map(section => {
      const {start, end, transaction} = section[direction];
      const sql = file.value.sql.slice(start, end).trimEnd();
      return transaction
        ? `-- ${basename(path)}, in one transaction with its record\nBEGIN;\n${sql}\n${record}\nCOMMIT;`
        : `-- ${basename(path)}, outside of a transaction\n${sql}\n\n${record}`;
    }),
  );
}
