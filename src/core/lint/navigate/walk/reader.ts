import type {QualifiedName} from '../../../sql/objects.ts';
import {reservedWords} from '../../../sql/reserved-words.ts';
import {wordsIn} from '../../engine/words.ts';
import type {GivenColumns, NamePart, Named, Role, Sources} from '../roles.ts';

export interface Token extends NamePart {
  /** In upper case, as the parser's words; empty for a name in quotes. */
  readonly word: string;
  readonly isName: boolean;
}

/** @returns the tokens of a text; where a cursor stands outside of any word, an empty name */
export function tokensOf(sql: string, cursor?: number): readonly Token[] {
  const tokens = wordsIn(sql).map(({start, end, text}) => tokenOf(sql.slice(start, end), text, start, end));
  if (cursor === undefined) return tokens;
  const under = tokens.findIndex(({start, end, isName}) => isName && start < cursor && cursor <= end);
  const token = tokens[under];
  // What is being typed may look like a keyword for a moment.
  if (token) return tokens.with(under, {...token, word: ''});
  const next = tokens.findIndex(({start}) => start >= cursor);
  const empty = {start: cursor, end: cursor, name: '', word: '', isName: true};
  return tokens.toSpliced(next < 0 ? tokens.length : next, 0, empty);
}

function tokenOf(written: string, text: string, start: number, end: number): Token {
  if (written.startsWith('"'))
    return {start, end, name: written.replaceAll(/^"|"$/g, '').replaceAll('""', '"'), word: '', isName: true};
  const isName = /^[A-Za-z_\u0080-\uffff][^'"]*$/.test(written);
  return {start, end, name: isName ? written.toLowerCase() : written, word: text, isName};
}

/** Steps over a query; all parts of the walk need it, and it needs them. */
export type QueryWalk = (reader: Reader, outer: Sources | undefined, limit: number) => GivenColumns;

/** Steps through the tokens of a statement, and collects the names in it. */
export class Reader {
  readonly tokens: readonly Token[];
  readonly named: Named[] = [];
  at = 0;

  readonly query: QueryWalk;

  constructor(tokens: readonly Token[], query: QueryWalk) {
    this.tokens = tokens;
    this.query = query;
  }

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  get word(): string {
    return this.token?.word ?? '';
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  wordAt(offset: number): string {
    return this.tokens[this.at + offset]?.word ?? '';
  }

  /** Steps over words that stand here one after another. */
  take(phrase: string): boolean {
    const words = phrase.split(' ');
    if (!words.every((word, index) => this.wordAt(index) === word)) return false;
    this.at += words.length;
    return true;
  }

  /** Steps over any of these, in any order. */
  skip(...phrases: readonly string[]): void {
    while (phrases.some(phrase => this.take(phrase)));
  }

  /** Steps to the first of these words that is in no parentheses; behind the last token where there is none. */
  seek(words: readonly string[], limit = this.tokens.length): boolean {
    for (; this.at < limit; this.at += 1) {
      if (words.includes(this.word)) return true;
      if (this.word === '(') this.at = this.closing() - 1;
    }
    return false;
  }

  /** @returns where the parenthesis that opens here is closed: the index behind it */
  closing(at = this.at): number {
    let depth = 0;
    for (let index = at; index < this.tokens.length; index += 1) {
      const word = this.tokens[index]?.word;
      if (word === '(' || word === '[') depth += 1;
      if (word === ')' || word === ']') depth -= 1;
      if (depth <= 0) return index + 1;
    }
    return this.tokens.length;
  }

  /** @returns whether a name can stand here */
  get isName(): boolean {
    const {token} = this;
    return token?.isName === true && (token.word === '' || !reservedWords.has(token.name));
  }

  /** Steps over a name with its dots. */
  chain(): Chain | undefined {
    if (!this.isName) return undefined;
    const parts: NamePart[] = [];
    let isOpen = true;
    while (isOpen && this.token?.isName === true) {
      const {start, end, name} = this.token;
      parts.push({start, end, name});
      this.at += 1;
      isOpen = this.take('.');
    }
    return {parts, isOpen};
  }

  /** Steps over a name, and notes what it names. */
  name(role: Role, {isNew = false}: {readonly isNew?: boolean} = {}): QualifiedName | undefined {
    const chain = this.chain();
    if (!chain) return undefined;
    this.note(chain, role, isNew);
    return qualifiedBy(chain);
  }

  note({parts, isOpen}: Chain, role: Role, isNew = false): void {
    this.named.push({parts, role, isNew, isOpen});
  }

  /** Steps over names with commas between them. */
  names(role: Role): readonly QualifiedName[] {
    const found: QualifiedName[] = [];
    do {
      this.skip('ONLY');
      const name = this.name(role);
      if (name) found.push(name);
      this.skip('*');
    } while (this.take(','));
    return found;
  }

  /** Steps over `(a, b)`. */
  columns(of: Sources): void {
    if (!this.take('(')) return;
    do this.name({kind: 'column', of});
    while (this.take(','));
    this.take(')');
  }
}

export interface Chain {
  readonly parts: readonly NamePart[];
  readonly isOpen: boolean;
}

export function qualifiedBy({parts}: Pick<Chain, 'parts'>): QualifiedName {
  const name = parts.at(-1)?.name ?? '';
  const schema = parts.at(-2)?.name;
  return schema === undefined ? {name} : {schema, name};
}

/** @returns the columns of one relation */
export function onlyOf(relation: QualifiedName | undefined): Sources {
  return {sources: relation ? [{alias: relation.name, of: relation}] : []};
}
