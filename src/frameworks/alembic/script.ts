import type {Passage} from '../../core/lint/file.ts';
import {alembicTool} from '../../core/lint/tools/alembic.ts';
import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript, Piece} from '../../core/rehearse/script.ts';
import type {ProjectOptions} from '../framework.ts';
import {readSql} from '../shared/file-text.ts';
import type {Environment} from './environment.ts';
import {offlineScript} from './offline.ts';

/**
 * What one direction sends. A function that does nothing but execute strings is read without Python, with the places
 * of the strings; for any other one Alembic writes its SQL (`--sql`), which executes `env.py`.
 * @param text instead of what is in the file; Alembic itself only knows what is saved
 */
export async function readScript(
  environment: Environment,
  migration: Migration,
  direction: Direction,
  options: ProjectOptions,
  text?: string,
): Promise<Outcome<MigrationScript>> {
  const path = migration[direction];
  if (path === undefined) return ok({migration, direction, sql: '', pieces: []});
  const read = text === undefined ? await readSql(path) : ok(text);
  if (!read.ok) return read;
  const plain = plainScript(read.value, migration, direction);
  return plain ? ok(plain) : offlineScript(environment, {migration, direction, path}, options);
}

/** @returns what a function sends that does nothing but execute strings; nothing for any other one */
export function plainScript(
  text: string,
  migration: Migration,
  direction: Direction,
): MigrationScript | undefined {
  const path = migration[direction];
  const passages = alembicTool
    .passages({path: path ?? '', text})
    .filter(each => each.direction === direction);
  if (path === undefined || !isAllOf(text, direction, passages)) return undefined;
  return {migration, direction, path, sql: text, pieces: passages.map(pieceOf)};
}

function pieceOf({span, block}: Passage): Piece {
  return {start: span.start, end: span.end, how: block === undefined ? 'bare' : 'transaction'};
}

/** Whether the function has nothing but these strings: no other call, no loop, no value from elsewhere. */
function isAllOf(text: string, direction: Direction, passages: readonly Passage[]): boolean {
  const body = bodyOf(text, direction);
  if (!body || !passages.every(isPlain)) return false;
  let rest = '';
  let at = body.start;
  for (const {call} of passages) {
    if (!call || call.start < at || call.end > body.end) return false;
    rest += text.slice(at, call.start);
    at = call.end;
  }
  const left = (rest + text.slice(at, body.end))
    .replaceAll(/#[^\n]*/g, '')
    .replaceAll(/^\s*with\s+op\.get_context\(\)\.autocommit_block\(\)\s*:\s*$/gm, '')
    .replace(/^\s*("""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')/, '')
    .replaceAll(/\b(?:pass|return)\b/g, '');
  return /^[\s;]*$/.test(left);
}

function isPlain({verbatim, placeholders}: Passage): boolean {
  return verbatim && placeholders === undefined;
}

/** What is below `def upgrade…:` up to the next line that begins at column 0. */
function bodyOf(
  text: string,
  direction: Direction,
): {readonly start: number; readonly end: number} | undefined {
  const name = direction === 'up' ? 'upgrade' : 'downgrade';
  const found = new RegExp(String.raw`^def\s+${name}\s*\([^)]*\)[^:\n]*:`, 'm').exec(text);
  if (!found) return undefined;
  const start = found.index + found[0].length;
  const length = /\n(?=[^\s#)])/.exec(text.slice(start))?.index;
  return {start, end: length === undefined ? text.length : start + length};
}
