import {fail, type Failure} from '../../../core/outcome.ts';
import type {FileRange, Step} from '../../../core/migrations/plan.ts';
import type {Parser} from '../../../core/sql/parser.ts';
import type {Span} from '../../../core/sql/positions.ts';
import {failingPlace} from '../../shared/failing-place.ts';
import type {Site, Trouble} from '../runner/job.ts';

/** @returns what the user is told of it */
export function failureOf({message, server, lost}: Trouble): Failure {
  if (lost === true) return fail('connection-lost', `The connection was lost: ${message}.`).failure;
  if (server === undefined) return fail('invalid-input', message).failure;
  const reason = server.sqlState === '25006' ? 'read-only' : 'sql';
  return fail(reason, message, {server}).failure;
}

/**
 * Where in its file a migration has failed: at the token, where the file has the query as it was sent; else where the
 * query was asked for, or where the program itself has failed.
 */
export async function placeOfTrouble(
  trouble: Trouble,
  step: Step,
  files: ReadonlyMap<string, string>,
  parser: Parser,
): Promise<FileRange | undefined> {
  const {query, site, path = step.path} = trouble;
  const text = path === undefined ? undefined : files.get(path);
  if (path === undefined) return undefined;
  const sent = query === undefined || text === undefined ? undefined : spanOf(text, query);
  const found = sent && (await failingPlace({path, sql: text ?? ''}, sent, failureOf(trouble), parser));
  return found ?? (site === undefined ? undefined : lineFrom(path, text ?? '', site));
}

/** The tool adds a semicolon where a query ends without one. */
function spanOf(text: string, query: string): Span | undefined {
  for (const each of [query, query.replace(/;$/, '')]) {
    const start = each.trim() === '' ? -1 : text.indexOf(each);
    if (start >= 0) return {start, end: start + each.length};
  }
  return undefined;
}

/** @returns from a site to the end of what its line says */
function lineFrom(path: string, text: string, {line, column}: Site): FileRange {
  const said = (text.split(/\r\n|\r|\n/)[line] ?? '').trimEnd();
  return {path, start: {line, column}, end: {line, column: Math.max(column, said.length)}};
}
