import {quoteWhereNeeded} from '../sql/quote.ts';
import type {ObjectName} from './finding.ts';

/** An index that does not exist yet. */
export interface IndexProposal {
  readonly table: ObjectName;
  readonly method: 'btree' | 'gin';
  readonly keys: readonly IndexKey[];
  /** Columns that are only carried along (INCLUDE). */
  readonly include?: readonly string[];
}

export type IndexKey =
  | {readonly column: string; readonly descending?: boolean}
  /** SQL without aliases, such as `lower(email)`. */
  | {readonly expression: string};

/** Names of relations in a schema, or what tells of each whether it is there. */
export type TakenNames = Pick<ReadonlySet<string>, 'has'>;

/** NAMEDATALEN - 1 of a server as it is distributed. */
const longestName = 63;

/**
 * @param takenNames names of relations in the table's schema
 * @returns a whole CREATE INDEX without CONCURRENTLY and without a semicolon, with a name as PostgreSQL would choose:
 * `orders_customer_id_idx`, cut to 63 bytes and numbered where it is taken
 * Source: https://www.postgresql.org/docs/current/sql-createindex.html; ChooseIndexName in indexcmds.c
 */
export function indexDefinition(index: IndexProposal, takenNames: TakenNames): string {
  const {table, method, keys, include = []} = index;
  const name = freeName([table.name, ...keys.map(nameOfKey), ...include], takenNames);
  const carried = include.length > 0 ? ` INCLUDE (${include.map(quoteWhereNeeded).join(', ')})` : '';
  const place = `${quoteWhereNeeded(table.schema)}.${quoteWhereNeeded(table.name)}`;
  return `CREATE INDEX ${quoteWhereNeeded(name)} ON ${place} USING ${method} (${keys.map(printKey).join(', ')})${carried}`;
}

function printKey(key: IndexKey): string {
  if ('expression' in key) return printKeyExpression(key.expression);
  return `${quoteWhereNeeded(key.column)}${key.descending ? ' DESC' : ''}`;
}

/** A function call stands alone; everything else needs parentheses of its own. */
function printKeyExpression(expression: string): string {
  const isCall = /^[a-z_][\w.]*\((?:[^()']|'[^']*')*\)$/.test(expression);
  return isCall || (/^\(.*\)$/s.test(expression) && isOnePair(expression)) ? expression : `(${expression})`;
}

function isOnePair(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0 && at < text.length - 1) return false;
  }
  return true;
}

function nameOfKey(key: IndexKey): string {
  if ('column' in key) return key.column;
  return /^\(*([a-z_]\w*)\(/.exec(key.expression)?.[1] ?? 'expr';
}

/** @returns a name as PostgreSQL chooses it for an index of these parts, which is not taken */
export function freeName(parts: readonly string[], taken: TakenNames): string {
  for (let number = 0; ; number += 1) {
    const name = withEnding(parts.join('_'), number === 0 ? '_idx' : `_idx${number}`);
    if (!taken.has(name)) return name;
  }
}

function withEnding(name: string, ending: string): string {
  let cut = name;
  while (bytesOf(cut) + ending.length > longestName) cut = Array.from(cut).slice(0, -1).join('');
  return cut + ending;
}

/** Bytes in UTF-8, as identifiers are counted in. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

/** @returns a table's name in SQL, quoted where it has to be. */
export function tableSql({schema, name}: ObjectName): string {
  return `${quoteWhereNeeded(schema)}.${quoteWhereNeeded(name)}`;
}
