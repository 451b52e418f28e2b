import {tokensOf, type NamedToken} from '../../sql/locate/words.ts';

/** A statement that reads one table and compares its columns with values, all of which have to hold. */
export interface SimpleFilter {
  /** Columns as the catalog has them: compared with =, IN or ANY. */
  readonly equal: readonly string[];
  /** Compared with <, <=, >, >= or BETWEEN. */
  readonly ranges: readonly string[];
  /** As many rows come back as fulfil the filter: nothing is summed up, made distinct, or cut off. */
  readonly returnsAll: boolean;
}

/**
 * Understands statements of one table whose WHERE is a chain of comparisons with AND. Everything else, and whatever is
 * in doubt, is not understood: it is for EXPLAIN to say.
 * @param query normalized, as pg_stat_statements keeps it, or any other
 * @returns undefined for all that is not so simple
 */
export function simpleFilter(query: string, table: string): SimpleFilter | undefined {
  const tokens = tokensOf(query, {start: 0, end: query.length}).filter(({name}) => name !== ';');
  const where = tokens.findIndex(token => isWord(token, 'where'));
  const [verb] = tokens;
  if (!verb || where < 0 || count(tokens, ['select', 'insert', 'union']) > (isWord(verb, 'select') ? 1 : 0))
    return undefined;
  const reader = new Reader(tokens, fromOf(tokens, verb, where));
  const alias = reader.table(table);
  if (alias === undefined || !reader.at(where)) return undefined;
  reader.next();
  const filter = reader.conditions(alias);
  const rest = tokens.slice(reader.position);
  if (!filter || !isEnd(rest[0])) return undefined;
  const isRead = isWord(verb, 'select');
  const returned = isRead ? tokens.slice(1, fromOf(tokens, verb, where) - 1) : [];
  const isCut = rest.some(token => ['limit', 'fetch', 'group', 'having'].includes(token.name));
  return {...filter, returnsAll: !isCut && !returned.some(({name}) => name === '(' || name === 'distinct')};
}

/** The index of the token where the table's name begins. */
function fromOf(tokens: readonly NamedToken[], verb: NamedToken, where: number): number {
  if (isWord(verb, 'update')) return 1;
  const from = tokens.slice(0, where).findIndex(token => isWord(token, 'from'));
  return isWord(verb, 'delete') || isWord(verb, 'select') ? from + 1 : 0;
}

function isWord(token: NamedToken | undefined, name: string): boolean {
  return token?.kind === 'identifier' && token.name === name;
}

function count(tokens: readonly NamedToken[], names: readonly string[]): number {
  return tokens.filter(token => names.some(name => isWord(token, name))).length;
}

/** What may follow the conditions without changing which rows fulfil them. */
const ends = ['order', 'limit', 'offset', 'fetch', 'for', 'returning', 'group'];

function isEnd(token: NamedToken | undefined): boolean {
  return token === undefined || ends.some(end => isWord(token, end));
}

const comparisons: ReadonlySet<string> = new Set(['=', '<', '<=', '>', '>=']);

class Reader {
  position: number;
  readonly #tokens: readonly NamedToken[];

  constructor(tokens: readonly NamedToken[], start: number) {
    this.#tokens = tokens;
    this.position = start;
  }

  at(position: number): boolean {
    return this.position === position;
  }

  next(): NamedToken | undefined {
    const token = this.#tokens[this.position];
    this.position += 1;
    return token;
  }

  peek(ahead = 0): NamedToken | undefined {
    return this.#tokens[this.position + ahead];
  }

  take(name: string): boolean {
    if (this.peek()?.name !== name || this.peek()?.kind === 'string') return false;
    this.position += 1;
    return true;
  }

  /** @returns what the table is called in the statement; undefined when it is another one, or not alone */
  table(name: string): string | undefined {
    this.take('only');
    if (this.peek(1)?.name === '.') this.position += 2;
    const token = this.next();
    if (token?.name !== name || token.kind === 'string') return undefined;
    this.take('as');
    const alias = this.peek();
    if (!alias || isWord(alias, 'where') || isWord(alias, 'set')) return this.#past(name);
    if (alias.kind !== 'identifier' && alias.kind !== 'quoted') return undefined;
    this.position += 1;
    return this.#past(alias.name);
  }

  /** Steps over the assignments of UPDATE, up to WHERE. */
  #past(alias: string): string | undefined {
    if (!this.take('set')) return alias;
    while (this.peek() && !isWord(this.peek(), 'where')) if (isWord(this.next(), 'from')) return undefined;
    return alias;
  }

  conditions(alias: string): Pick<SimpleFilter, 'equal' | 'ranges'> | undefined {
    const found = {equal: new Set<string>(), ranges: new Set<string>()};
    do {
      const column = this.#column(alias);
      const kind = column === undefined ? undefined : this.#comparison();
      if (column === undefined || kind === undefined) return undefined;
      found[kind].add(column);
    } while (this.take('and'));
    const ranges = [...found.ranges].filter(column => !found.equal.has(column));
    return {equal: [...found.equal], ranges};
  }

  #column(alias: string): string | undefined {
    const first = this.next();
    if (first?.kind !== 'identifier' && first?.kind !== 'quoted') return undefined;
    if (!this.take('.')) return first.name;
    const second = this.next();
    const isColumn = second?.kind === 'identifier' || second?.kind === 'quoted';
    return first.name === alias && isColumn ? second.name : undefined;
  }

  #comparison(): 'equal' | 'ranges' | undefined {
    if (this.take('in')) return this.#list() ? 'equal' : undefined;
    if (this.take('between'))
      return this.#value() && this.take('and') && this.#value() ? 'ranges' : undefined;
    const operator = this.next();
    if (operator === undefined || !comparisons.has(operator.name) || operator.kind !== 'other')
      return undefined;
    if (operator.name === '=' && this.take('any')) return this.#list() ? 'equal' : undefined;
    return this.#value() ? (operator.name === '=' ? 'equal' : 'ranges') : undefined;
  }

  #list(): boolean {
    if (!this.take('(')) return false;
    do if (!this.#value()) return false;
    while (this.take(','));
    return this.take(')');
  }

  /** A parameter, a number or a text, maybe with a cast; true and false as well. */
  #value(): boolean {
    this.take('-');
    const token = this.next();
    const isValue =
      token?.kind === 'string' ||
      (token?.kind === 'other' && /^[$\d.]/.test(token.name)) ||
      isWord(token, 'true') ||
      isWord(token, 'false');
    if (!isValue) return false;
    while (this.take('::')) {
      if (this.next()?.kind !== 'identifier') return false;
      while (this.take('[')) if (!this.take(']')) return false;
    }
    return true;
  }
}
