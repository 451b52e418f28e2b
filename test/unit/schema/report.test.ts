import {expect, it} from 'vitest';
import type {Comparison} from '../../../src/core/schema/comparison.ts';
import {comparisonJson} from '../../../src/core/schema/report.ts';
import {comparisonMarkdown} from '../../../src/core/schema/report-markdown.ts';
import {extra, missing} from '../../../src/core/schema/compare/presence.ts';
import {column, table} from './snapshots.ts';

const comparison: Comparison = {
  differences: [extra(column('a|b')), missing(table('<img>')), missing(column('note'))],
  ignored: [
    {difference: extra(table('schema_migrations')), rule: {kind: 'table', name: '*.x', reason: 'Books.'}},
  ],
  gaps: [{words: 'Casts are not compared.'}],
  compared: 7,
};
const at = {path: '/db/1_orders.up.sql', start: {line: 3, column: 2}, end: {line: 3, column: 11}};
const about = {
  expected: 'migrations in db',
  live: 'app@host/shop',
  origins: [undefined, undefined, {blame: {kind: 'by-hand', migration: '1'}, at}],
} as const;

it('is a document in which nothing is markup but its own', () => {
  expect(comparisonMarkdown(comparison, about)).toBe(String.raw`# Schema comparison

- Expected: migrations in db
- Live: app@host/shop
- 7 objects compared
- **3 differences**: 2 errors, 1 warning, and 1 ignored

## table public.orders

- **Error**: Column note of table public.orders is missing. Changed by hand since migration 1. (1\_orders.up.sql:4)
- Warning: Column "a&#124;b" of table public.orders exists, and is not expected.

## table public."&#60;img&#62;"

- **Error**: Table public."&#60;img&#62;" is missing.

## Ignored

- Table public.schema\_migrations exists, and is not expected. Books.

## Not compared

- Casts are not compared.
`);
});

it('says that nothing differs', () => {
  const none = {differences: [], ignored: [], gaps: [], compared: 1};
  expect(comparisonMarkdown(none, about)).toContain('- 1 object compared\n- **No differences**\n');
  expect(comparisonJson(none, about)).toMatchObject({
    equal: true,
    counts: {error: 0, warning: 0, information: 0},
  });
});

it('is JSON grouped by object', () => {
  expect(comparisonJson(comparison, about)).toMatchObject({
    version: 1,
    expected: 'migrations in db',
    equal: false,
    compared: 7,
    counts: {error: 2, warning: 1, information: 0},
    objects: [
      {
        key: 'table public.orders',
        kind: 'table',
        differences: [
          {
            object: 'column public.orders.note',
            kind: 'column',
            change: 'missing',
            blame: {kind: 'by-hand', migration: '1'},
            place: {path: '/db/1_orders.up.sql', line: 4, column: 3, endLine: 4, endColumn: 12},
          },
          {object: 'column public.orders."a|b"', change: 'extra', severity: 'warning'},
        ],
      },
      {key: 'table public."<img>"', kind: 'table'},
    ],
    ignored: [{rule: {reason: 'Books.'}}],
    gaps: ['Casts are not compared.'],
  });
});
