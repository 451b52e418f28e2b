import {expect, it} from 'vitest';
import {quoteIdentifier} from '../../../src/core/sql/quote.ts';

it.each([
  ['orders', '"orders"'],
  ['say "hi"', '"say ""hi"""'],
])('quotes %s', (name, quoted) => expect(quoteIdentifier(name)).toBe(quoted));
