import {basename} from 'node:path';
import type {Settings} from '../../core/flyway/settings.ts';
import type {Plan} from '../../core/migrations/plan.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import {createTableText, insertText} from './bookkeeping.ts';
import type {Folder} from './folder.ts';
import {rowOf} from './new-row.ts';
import {prepareSteps, type Prepared} from './plan.ts';
import {beginText} from './session-state.ts';

/** @returns all that `run` would send, in order, each text with a comment before it. */
export async function sqlOf(
  parser: Parser,
  folder: Folder,
  plan: Plan,
  settings: Settings,
): Promise<Outcome<string>> {
  const around = {schema: settings.schema ?? 'public', user: '', database: ''};
  const prepared = await prepareSteps(parser, folder, plan.steps, settings, around);
  if (!prepared.ok) return prepared;
  const quoted = plan.bookkeeping?.table ?? quoteIdentifier(settings.table);
  const keys = plan.bookkeeping?.lockKeys ?? [];
  const parts = keys.map(key => `-- The migration lock\nSELECT pg_try_advisory_lock(${key});`);
  if (plan.bookkeeping?.exists === false)
    parts.push(
      `-- The schema history, which is not there yet\n${createTableText({quoted, name: settings.table})}`,
    );
  const isGroup = settings.group && prepared.value.every(({course}) => course.kind === 'transaction');
  if (isGroup) parts.push('-- One transaction for the whole run\nBEGIN;');
  parts.push(...prepared.value.flatMap(each => textsOf(each, quoted, settings)));
  if (isGroup) parts.push('COMMIT;');
  parts.push(...keys.map(key => `-- The migration lock is given back\nSELECT pg_advisory_unlock(${key});`));
  return ok(`${parts.join('\n\n')}\n`);
}

function textsOf({found, loaded, course}: Prepared, quoted: string, settings: Settings): readonly string[] {
  const name = basename(found.path);
  const inTransaction = course.kind === 'transaction';
  const row = rowOf(found, loaded, settings, {milliseconds: 0, success: true});
  const how = inTransaction ? 'sent as one query' : 'sent statement by statement, outside of a transaction';
  return [
    `-- ${name} begins\n${beginText(settings.schema ?? 'public', settings, course)}`,
    `-- ${name}, ${how}\n${loaded.text.trimEnd()}`,
    `-- ${name} is recorded, with the milliseconds that it took\nRESET ROLE;\n${insertText({quoted}, row)}${inTransaction && !settings.group ? '\nCOMMIT;' : ''}`,
  ];
}
