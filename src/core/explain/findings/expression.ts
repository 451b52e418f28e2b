import {isKeyword, nameOf, namesIn, typeWords, words} from './names.ts';
import {tokensOf, type Token} from './tokens.ts';

export interface ColumnReference {
  readonly kind: 'column';
  /** The alias it is written with, where it is. */
  readonly relation?: string;
  readonly name: string;
}

/** An expression as EXPLAIN writes it back. `other` is what is not understood, with the names that occur in it. */
export type Expression =
  | ColumnReference
  /** A literal with its cast, a parameter (`$1`) or a word such as `true`. */
  | {readonly kind: 'constant'; readonly text: string}
  | {readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[]}
  | {readonly kind: 'cast'; readonly of: Expression; readonly type: string}
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `left operator ANY (right)`; ALL is `other`. */
  | {readonly kind: 'any'; readonly operator: string; readonly left: Expression; readonly right: Expression}
  | {readonly kind: 'and' | 'or'; readonly terms: readonly Expression[]}
  | {readonly kind: 'not'; readonly term: Expression}
  | {readonly kind: 'null-test'; readonly of: Expression; readonly negated: boolean}
  | {readonly kind: 'other'; readonly text: string; readonly names: readonly ColumnReference[]};

/** Where a part is not in the grammar; caught where its parentheses end, and nowhere else. */
class NotUnderstood extends Error {}

// Deeper than any condition a person writes, and far from the end of the stack.
const deepest = 200;

/**
 * Reads a condition of a plan. EXPLAIN writes an expression back with parentheses around every operator, so the grammar
 * needs no precedence. Whatever is not understood becomes `other` up to the parenthesis around it.
 * @param text such as `((o.customer_id = 42) AND (o.status = 'open'::text))`
 * Source: get_rule_expr in ruleutils.c of PostgreSQL 14–18, without the pretty flag
 */
export function parseExpression(text: string): Expression {
  return new Reader(text).whole();
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokensOf(source);
  }

  whole(): Expression {
    return this.#recovering(0, () => {
      const expression = this.#operand();
      if (this.#at < this.#tokens.length) throw new NotUnderstood();
      return expression;
    });
  }

  /** What is in one pair of parentheses, or all of the text, is understood or `other`. */
  #recovering(start: number, read: () => Expression): Expression {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      this.#at = start === 0 && !this.#isWrapped() ? this.#tokens.length : this.#closing(start);
      return this.#other(start);
    }
  }

  #isWrapped(): boolean {
    return this.#tokens[0]?.text === '(' && this.#closing(0) === this.#tokens.length;
  }

  /** The index after the parenthesis that closes the one at `start`. */
  #closing(start: number): number {
    let depth = 0;
    for (let index = start; index < this.#tokens.length; index += 1) {
      const {text} = this.#tokens[index] ?? {text: ''};
      if (text === '(') depth += 1;
      if (text === ')' && (depth -= 1) === 0) return index + 1;
    }
    return this.#tokens.length;
  }

  #other(start: number): Expression {
    const tokens = this.#tokens.slice(start, this.#at);
    const text = this.#source.slice(tokens[0]?.from ?? 0, tokens.at(-1)?.to ?? 0);
    return {kind: 'other', text, names: namesIn(tokens)};
  }

  #operand(): Expression {
    let expression = this.#primary();
    while (this.#peek() === '::') {
      this.#at += 1;
      const type = this.#type();
      expression =
        expression.kind === 'constant'
          ? {kind: 'constant', text: `${expression.text}::${type}`}
          : {kind: 'cast', of: expression, type};
    }
    return expression;
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at];
    if (!token) throw new NotUnderstood();
    if (token.kind === 'literal') {
      this.#at += 1;
      return {kind: 'constant', text: token.text};
    }
    if (token.text === '(') return this.#initPlan() ?? this.#group();
    if (token.kind === 'name' || token.kind === 'word') return this.#named(token);
    throw new NotUnderstood();
  }

  /** The value of an InitPlan as 17 and later write it, `(InitPlan 1).col1`; before it was `$0`. */
  #initPlan(): Expression | undefined {
    if (this.#tokens[this.#at + 1]?.text !== 'InitPlan') return undefined;
    const texts = this.#tokens.slice(this.#at, this.#at + 6).map(({text}) => text);
    if (!/^\( InitPlan \d+ \) \. col\d+$/.test(texts.join(' '))) return undefined;
    this.#at += 6;
    return {kind: 'constant', text: `(InitPlan ${texts[2]}).${texts[5]}`};
  }

  #group(): Expression {
    const start = this.#at;
    this.#depth += 1;
    if (this.#depth > deepest) throw new NotUnderstood();
    const group = this.#recovering(start, () => {
      this.#expect('(');
      const inside = this.#inside();
      this.#expect(')');
      return inside;
    });
    this.#depth -= 1;
    // An element or a field of a value: `(o.tags)[1]`, `(o.address).city`.
    if (this.#peek() === '[' || this.#peek() === '.') throw new NotUnderstood();
    return group;
  }

  #inside(): Expression {
    if (this.#peek() === 'NOT') {
      this.#at += 1;
      return {kind: 'not', term: this.#operand()};
    }
    const left = this.#term();
    const next = this.#tokens[this.#at];
    if (!next || next.text === ')') return left;
    if (next.text === 'AND' || next.text === 'OR') return this.#list(left, next.text);
    if (next.text === 'IS') return this.#nullTest(left);
    if (next.kind !== 'operator') throw new NotUnderstood();
    this.#at += 1;
    return this.#compared(left, next.text);
  }

  /** A part of a list that is not understood ends where the next part begins. */
  #term(): Expression {
    const start = this.#at;
    try {
      return this.#operand();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      this.#at = this.#partEnd(start);
      return this.#other(start);
    }
  }

  #partEnd(start: number): number {
    let depth = 0;
    for (let index = start; index < this.#tokens.length; index += 1) {
      const {text} = this.#tokens[index] ?? {text: ''};
      if (depth === 0 && (text === 'AND' || text === 'OR' || text === ')')) return index;
      if (text === '(' || text === 'CASE') depth += 1;
      if (text === ')' || text === 'END') depth -= 1;
    }
    return this.#tokens.length;
  }

  #compared(left: Expression, operator: string): Expression {
    if (this.#peek() !== 'ANY') return {kind: 'binary', operator, left, right: this.#operand()};
    this.#at += 1;
    this.#expect('(');
    const right = this.#operand();
    this.#expect(')');
    return {kind: 'any', operator, left, right};
  }

  #list(first: Expression, word: 'AND' | 'OR'): Expression {
    const terms = [first];
    while (this.#peek() === word) {
      this.#at += 1;
      terms.push(this.#term());
    }
    return {kind: word === 'AND' ? 'and' : 'or', terms};
  }

  #nullTest(of: Expression): Expression {
    this.#expect('IS');
    const negated = this.#peek() === 'NOT';
    if (negated) this.#at += 1;
    this.#expect('NULL');
    return {kind: 'null-test', of, negated};
  }

  #named(first: Token): Expression {
    if (first.kind === 'word' && words.has(first.text)) {
      this.#at += 1;
      return {kind: 'constant', text: first.text};
    }
    const parts = [this.#name()];
    while (this.#peek() === '.') {
      this.#at += 1;
      parts.push(this.#name());
    }
    if (this.#peek() === '(') return this.#call(parts, first);
    const name = parts.at(-1);
    // An upper-case word without quotes is a keyword (CASE, ROW, ARRAY), and `[` takes an element.
    if (name === undefined || parts.length > 2 || isKeyword(first) || this.#peek() === '[')
      throw new NotUnderstood();
    const relation = parts.length === 2 ? parts[0] : undefined;
    return {kind: 'column', name, ...(relation === undefined ? {} : {relation})};
  }

  #call(parts: readonly string[], first: Token): Expression {
    if (isKeyword(first) && first.text !== 'COALESCE' && first.text !== 'EXTRACT') throw new NotUnderstood();
    this.#expect('(');
    const values: Expression[] = [];
    if (first.text === 'EXTRACT') values.push(this.#extracted());
    while (this.#peek() !== ')') {
      if (values.length > 0 && first.text !== 'EXTRACT') this.#expect(',');
      values.push(this.#operand());
      if (first.text === 'EXTRACT' && this.#peek() !== ')') throw new NotUnderstood();
    }
    this.#expect(')');
    return {kind: 'call', name: parts.join('.'), arguments: values};
  }

  /** `EXTRACT(year FROM ts)`: the field's name as a constant. */
  #extracted(): Expression {
    const text = this.#peek() ?? '';
    this.#at += 1;
    this.#expect('FROM');
    return {kind: 'constant', text};
  }

  #name(): string {
    const token = this.#tokens[this.#at];
    if (!token || (token.kind !== 'name' && token.kind !== 'word')) throw new NotUnderstood();
    this.#at += 1;
    return nameOf(token);
  }

  #type(): string {
    const start = this.#at;
    this.#name();
    while (this.#peek() === '.') {
      this.#at += 1;
      this.#name();
    }
    while (typeWords.has(this.#peek() ?? '') || this.#isModifier()) this.#at += 1;
    if (this.#peek() === '(') throw new NotUnderstood();
    const tokens = this.#tokens.slice(start, this.#at);
    return this.#source.slice(tokens[0]?.from ?? 0, tokens.at(-1)?.to ?? 0);
  }

  /** `[]`, or a part of `(10,2)`, which moves past all of it. */
  #isModifier(): boolean {
    const text = this.#peek();
    if (text === '[' && this.#tokens[this.#at + 1]?.text === ']') {
      this.#at += 1;
      return true;
    }
    if (text !== '(') return false;
    const end = this.#closing(this.#at) - 1;
    const numbers = this.#tokens.slice(this.#at + 1, end);
    if (!numbers.every(token => token.text === ',' || /^\d+$/.test(token.text))) return false;
    this.#at = end;
    return true;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]?.text;
  }

  #expect(text: string): void {
    if (this.#peek() !== text) throw new NotUnderstood();
    this.#at += 1;
  }
}
