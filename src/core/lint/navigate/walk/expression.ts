import {reservedWords} from '../../../sql/reserved-words.ts';
import type {Sources} from '../roles.ts';
import {queryBegins} from './common.ts';
import type {Reader} from './reader.ts';
import {typeName} from './type-name.ts';

/** Words that are no names in an expression, although PostgreSQL allows them as such elsewhere. */
const operators = new Set(
  `and or not is null true false in like ilike similar between distinct from case when then else end exists any some all
  array row cast collate at time zone escape over filter within group order by asc desc nulls first last using isnull
  notnull overlaps symmetric unknown document normalized operator interval set default as partition rows range groups
  unbounded preceding following current exclude no others ties materialized values conflict do nothing update`.split(
    /\s+/,
  ),
);

/** Steps over an expression up to a comma, a parenthesis that closes, or one of these words outside of parentheses. */
export function expression(
  reader: Reader,
  of: Sources,
  stops: ReadonlySet<string> = new Set(),
  limit = Infinity,
): void {
  let isOperandBefore = false;
  while (!reader.isAtEnd && reader.at < limit) {
    const {word} = reader;
    if (word === ',' || word === ')' || word === ']' || word === ';' || stops.has(word)) return;
    isOperandBefore = step(reader, of, isOperandBefore);
  }
}

/** @returns whether what was stepped over is something that another name would be an alias of */
function step(reader: Reader, of: Sources, isOperandBefore: boolean): boolean {
  const {word, token} = reader;
  if (word === '(') return inParentheses(reader, of);
  if (word === '[') {
    reader.at += 1;
    listed(reader, of, ']');
    return true;
  }
  if (word === '::') {
    reader.at += 1;
    typeName(reader);
    return true;
  }
  if (word === 'AS') {
    reader.at += 1;
    reader.chain();
    return true;
  }
  if (word === 'CAST' && reader.wordAt(1) === '(') return cast(reader, of);
  if (token?.isName !== true || isOperator(word)) {
    reader.at += 1;
    return /^['$\d]/.test(word) || /^(?:NULL|TRUE|FALSE|END)$/.test(word);
  }
  return named(reader, of, isOperandBefore);
}

function isOperator(word: string): boolean {
  const lower = word.toLowerCase();
  return word !== '' && (operators.has(lower) || reservedWords.has(lower));
}

function named(reader: Reader, of: Sources, isAlias: boolean): boolean {
  const first = reader.token;
  const chain = reader.chain();
  if (!chain) {
    reader.at += 1;
    return false;
  }
  const isCall = reader.word === '(';
  const isLiteral = chain.parts.length === 1 && /^[eExX]?'/.test(reader.word) && first?.word !== '';
  if (isCall) reader.note(chain, {kind: 'function'});
  else if (isLiteral) reader.note(chain, {kind: 'type'});
  else reader.note(chain, {kind: 'column', of}, isAlias && chain.parts.length === 1);
  return !isCall;
}

function inParentheses(reader: Reader, of: Sources): boolean {
  const end = reader.closing();
  reader.at += 1;
  if (queryBegins(reader)) reader.query(reader, of, end - 1);
  else listed(reader, of, ')');
  reader.at = Math.max(reader.at, end);
  return true;
}

/** Steps over expressions with commas between them, and what closes them. */
export function listed(reader: Reader, of: Sources, closing: ')' | ']'): void {
  for (;;) {
    expression(reader, of);
    if (reader.isAtEnd || reader.take(closing)) return;
    // Something that closes what was never opened, or a comma.
    reader.at += 1;
  }
}

function cast(reader: Reader, of: Sources): boolean {
  reader.at += 2;
  expression(reader, of, new Set(['AS']));
  if (reader.take('AS')) typeName(reader);
  reader.take(')');
  return true;
}
