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

/** What a token is, as far as its end is concerned; one that is not closed is a character. */
const token =
  /[eE]'(?:[^'\\]|''|\\[^])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?\$\1\$|(?:[\w\u0080-\uffff]|(?<=\w)\$(?!\{))+|[^]/y;

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
  /** The last token, `''` at the beginning of a statement. */
  #before = '';

  constructor(sql: string, dialect: Dialect) {
    this.#sql = sql;
    this.#dialect = dialect;
  }

  result(): Masked {
    for (let at = 0; at < this.#sql.length;) at = this.#step(afterBlank(this.#sql, at));
    this.#kept.push(this.#sql.slice(this.#done));
    return {sql: this.#kept.join(''), placeholders: this.#placeholders};
  }

  /** @returns where the next token may begin */
  #step(at: number): number {
    if (at >= this.#sql.length) return at;
    const meta = this.#dialect.psql ? psqlAt(this.#sql, at, this.#before) : undefined;
    if (meta) return this.#replace(at, meta.end, meta.instead);
    const found = placeholderAt(this.#sql, at, {
      kinds: this.#dialect.placeholders,
      before: this.#before,
      inBrackets: this.#brackets > 0,
    });
    if (found) {
      if (found.isName)
        this.#placeholders.push({start: at, end: found.end, written: this.#sql.slice(at, found.end)});
      this.#before = found.isName ? 'name' : this.#before;
      return this.#replace(at, found.end, found.instead);
    }
    return this.#token(at);
  }

  #token(at: number): number {
    token.lastIndex = at;
    const text = token.exec(this.#sql)?.[0] ?? '';
    const end = at + Math.max(1, text.length);
    if (text === '[') this.#brackets += 1;
    if (text === ']') this.#brackets -= 1;
    this.#before = text === ';' ? '' : text;
    return text === ';' ? this.#endStatement(end) : end;
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
    if (this.#before === '') this.#statement = end;
    return end;
  }
}
