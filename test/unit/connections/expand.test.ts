import {expect, it} from 'vitest';
import {expand} from '../../../src/connections/expand.ts';

const variables: Readonly<Record<string, string>> = {A: 'a', EMPTY: '', PORT: '5433'};
const lookup = (name: string) => variables[name];

it.each([
  ['plain', 'plain', 'plain'],
  ['$A-${A}.', 'a-a.', 'a-a.'],
  ['${MISSING}', '', '${MISSING}'],
  ['$MISSING', '', '$MISSING'],
  ['pa$$word', 'pa$word', 'pa$$word'],
  ['\\$A', '\\a', '$A'],
  ['${MISSING:-x}:${EMPTY:-y}:${EMPTY-z}', 'x:y:', 'x:y:'],
  ['${MISSING:-${A:-b}}c', 'ac', 'ac'],
  ['${A:+yes}${MISSING:+no}${EMPTY:+no}${EMPTY+yes}', 'yesyes', 'yesyes'],
  ['${A:?needed}', 'a', 'a'],
  ['${MISSING:?needed}', '', '${MISSING:?needed}'],
  ['"${PORT:-5432}:5432"', '"5433:5432"', '"5433:5432"'],
  ['cost: 5$', 'cost: 5$', 'cost: 5$'],
  ['${not closed', '${not closed', '${not closed'],
  ['${1}', '${1}', '${1}'],
])('%s', (text, compose, dotenv) => {
  expect(expand(text, {lookup, rules: 'compose'})).toBe(compose);
  expect(expand(text, {lookup, rules: 'dotenv'})).toBe(dotenv);
});
