import type {Plan} from '../../core/migrations/plan.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {createTableText, lockKey} from './bookkeeping.ts';
import {checksumOf} from './checksum.ts';
import {readScripts} from './plan.ts';
import {beginText, finishText} from './statements.ts';

/** @returns all that `run` would send, in order, each text with a comment before it. */
export async function sqlOf(plan: Plan): Promise<Outcome<string>> {
  const scripts = await readScripts(plan.steps);
  if (!scripts.ok) return scripts;
  const parts = [`-- The migration lock\nSELECT pg_try_advisory_lock(${lockKey});`];
  if (plan.bookkeeping?.exists === false)
    parts.push(`-- The bookkeeping table, which is not there yet\n${createTableText}`);
  for (const [index, {migration}] of plan.steps.entries()) {
    const sql = scripts.value[index] ?? '';
    parts.push(
      `-- ${migration.id} is begun: $1 is ${checksumOf(sql)}, $2 is its name\n${beginText};`,
      `-- ${migration.id}/migration.sql, sent as one query\n${sql.trimEnd()}`,
      `-- ${migration.id} is done: $1 is the id of its row\n${finishText};`,
    );
  }
  parts.push(`-- The migration lock is given back\nSELECT pg_advisory_unlock(${lockKey});`);
  return ok(`${parts.join('\n\n')}\n`);
}
