import {afterBlank} from '../../sql/blank.ts';
import type {Placeholder} from '../file.ts';
import {placeholderAt, type PlaceholderKind} from './placeholders.ts';
import {endOfCopiedRows, psqlAt} from './psql.ts';

/** What of a text is not for PostgreSQL. */
export interface Dialect {
  /** Lines for psql itself, such as `\set`. */
  readonly psql?: boolean;
  /** Rows behind `COPY … FROM stdin`. */
  readonly copiedRows?: boolean;
  readonly placeholders: readonly PlaceholderKind[];
}

export interface Masked {
  /** As long as the text, and with the same lines. */
  readonly sql: string;
  readonly placeholders: readonly Placeholder[];
}

/** A text without these needs no look at each of its tokens. */
const suspicious = /[\\{?@]|%[s(>]|<%|(?<!:):(?![:=\s])/;
const copies = /\bstdin\b/i;

/** What nothing can begin in. */
const plain = /[^'"$\\{<@:%?;[\]\-/]+/y;

/** Quotes that are closed; a character otherwise. */
const quoted =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?\$\1\$|[^]/y;
const withEscapes = /'(?:[^'\\]|''|\\[^])*'|[^]/y;

/**
 * Puts blanks and names where a text has what is not for PostgreSQL. Each of these is told by what no SQL has, so that
 * SQL stays as it is.
 */
export function mask(sql: string, dialect: Dialect): Masked {
  if (!suspicious.test(sql) && !(dialect.copiedRows && copies.test(sql))) return {sql, placeholders: []};
  return new Masking(sql, dialect).result();
}

class Masking {
  readonly #sql: string;
  readonly #dialect: Dialect;
  readonly #kept: string[] = [];
  readonly #placeholders: Placeholder[] = [];
  #done = 0;
  #statement = 0;
  #brackets = 0;

  constructor(sql: string, dialect: Dialect) {
    this.#sql = sql;
    this.#dialect = dialect;
  }

  result(): Masked {
    for (let at = 0; at < this.#sql.length;) at = this.#step(afterMatch(plain, this.#sql, at));
    this.#kept.push(this.#sql.slice(this.#done));
    return {sql: this.#kept.join(''), placeholders: this.#placeholders};
  }

  /** @returns where the next token may begin */
  #step(at: number): number {
    const sql = this.#sql;
    const character = sql[at] ?? '';
    if (character === '-' || character === '/') return Math.max(afterBlank(sql, at), at + 1);
    const meta = this.#dialect.psql ? psqlAt(sql, at, () => tokenBefore(sql, at)) : undefined;
    if (meta) return this.#replace(at, meta.end, meta.instead);
    const found = placeholderAt(sql, at, {
      kinds: this.#dialect.placeholders,
      before: () => tokenBefore(sql, at),
      inBrackets: this.#brackets > 0,
    });
    if (found) {
      if (found.isName)
        this.#placeholders.push({start: at, end: found.end, written: sql.slice(at, found.end)});
      return this.#replace(at, found.end, found.instead);
    }
    if (character === ';') return this.#endStatement(at + 1);
    if (character === '[') this.#brackets += 1;
    if (character === ']') this.#brackets -= 1;
    // A dollar inside of a name begins nothing.
    if (character === '$' && /[\w\u0080-\uffff]/.test(sql[at - 1] ?? '')) return at + 1;
    const hasEscapes =
      character === "'" && /(?:^|[^\w$\u0080-\uffff])[eE]$/.test(sql.slice(Math.max(0, at - 2), at));
    return afterMatch(hasEscapes ? withEscapes : quoted, sql, at);
  }

  #endStatement(end: number): number {
    const statement = this.#sql.slice(this.#statement, end);
    this.#statement = end;
    this.#brackets = 0;
    const rows = this.#dialect.copiedRows ? endOfCopiedRows(this.#sql, end, statement) : undefined;
    return rows === undefined
      ? end
      : this.#replace(end, rows, this.#sql.slice(end, rows).replaceAll(/[^\r\n]/g, ' '));
  }

  #replace(start: number, end: number, instead: string): number {
    this.#kept.push(this.#sql.slice(this.#done, start), instead);
    this.#done = end;
    return end;
  }
}

function afterMatch(shape: RegExp, sql: string, at: number): number {
  shape.lastIndex = at;
  return at + (shape.exec(sql)?.[0].length ?? 0);
}

/** @returns the word, or else the character, before an offset; empty at the beginning of a statement */
function tokenBefore(sql: string, at: number): string {
  const [before = ''] = /(?:[\w$\u0080-\uffff]+|\S)?\s*$/.exec(sql.slice(Math.max(0, at - 100), at)) ?? [];
  return before.trim() === ';' ? '' : before.trim();
}
