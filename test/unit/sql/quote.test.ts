import {expect, it} from 'vitest';
import {quoteIdentifier, quoteWhereNeeded} from '../../../src/core/sql/quote.ts';

it.each([
  ['orders', '"orders"'],
  ['say "hi"', '"say ""hi"""'],
])('quotes %s', (name, quoted) => expect(quoteIdentifier(name)).toBe(quoted));

it.each([
  ['orders', 'orders'],
  ['order', '"order"'],
  ['Orders', '"Orders"'],
  ['2024', '"2024"'],
  ['grüße', '"grüße"'],
])('quotes %s only where that is needed', (name, quoted) => expect(quoteWhereNeeded(name)).toBe(quoted));
