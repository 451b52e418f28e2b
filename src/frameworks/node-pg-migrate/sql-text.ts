import {basename} from 'node:path';
import type {Plan, Step} from '../../core/migrations/plan.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {createTableText, markText, schemasText} from './bookkeeping.ts';
import type {Settings} from './settings.ts';

/**
 * @param scriptOf what a step sends, read or built
 * @returns all that `run` would send, in order, each text with a comment before it
 */
export async function sqlOf(
  plan: Plan,
  settings: Settings,
  scriptOf: (step: Step) => Promise<Outcome<MigrationScript>>,
): Promise<Outcome<string>> {
  const {lock, lockValue, singleTransaction} = settings;
  const parts = lock ? [`-- The migration lock\nSELECT pg_try_advisory_lock(${lockValue});`] : [];
  parts.push(`-- The schemas of the settings\n${schemasText(settings)}`);
  if (plan.bookkeeping?.exists === false)
    parts.push(`-- The bookkeeping table, which is not there yet\n${createTableText(settings)};`);
  if (singleTransaction) parts.push('-- One transaction for the whole run\nBEGIN;');
  for (const step of plan.steps) {
    const script = await scriptOf(step);
    if (!script.ok) return script;
    parts.push(stepText(step, script.value, settings));
  }
  if (singleTransaction) parts.push('COMMIT;');
  if (lock) parts.push(`-- The migration lock is given back\nSELECT pg_advisory_unlock(${lockValue});`);
  return ok(`${parts.join('\n\n')}\n`);
}

function stepText({migration, direction, path}: Step, script: MigrationScript, settings: Settings): string {
  const name = path === undefined ? migration.id : basename(path);
  const texts = script.pieces.map(({start, end}) => ended(script.sql.slice(start, end).trim()));
  const inTransaction = script.pieces.every(({how}) => how === 'transaction');
  const all = [
    `-- ${name}, ${direction}${inTransaction ? '' : ': outside of a transaction'}\n${texts.join('\n')}`,
    `-- ${name} is recorded\n${markText(settings, direction, migration.id)}`,
  ];
  if (settings.singleTransaction) return (inTransaction ? all : ['COMMIT;', ...all, 'BEGIN;']).join('\n\n');
  return (inTransaction ? ['BEGIN;', ...all, 'COMMIT;'] : all).join('\n\n');
}

/** As the tool does. */
function ended(text: string): string {
  return text === '' || text.endsWith(';') ? text : `${text};`;
}
