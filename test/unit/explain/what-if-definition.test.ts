import {describe, expect, it} from 'vitest';
import {concurrentDefinition, readIndexDefinition} from '../../../src/core/explain/what-if-definition.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {failure, value} from '../../rig/sessions.ts';

const parser = createParser();

describe('a CREATE INDEX from a user', () => {
  it.each([
    ['create index on orders (customer_id);', 'CREATE INDEX orders_customer_id_idx ON orders (customer_id)'],
    ['CREATE INDEX i ON a.t (x)', 'CREATE INDEX i ON a.t (x)'],
    [
      '/* why */ create unique index concurrently if not exists "My i" on only "A b".t using btree (x)',
      'CREATE UNIQUE INDEX "My i" ON ONLY "A b".t using btree (x)',
    ],
    ['create index if on t (x)', 'CREATE INDEX if ON t (x)'],
    ['create index index on t (x)', 'CREATE INDEX index ON t (x)'],
    [
      'create index -- on\n i on /* ( */ a . t (lower(x)) where y',
      'CREATE INDEX i ON a.t (lower(x)) where y',
    ],
    [
      'create index on t (lower(x), (y + 1)) include (z)',
      'CREATE INDEX t_lower_expr_z_idx ON t (lower(x), (y + 1)) include (z)',
    ],
    ['create index i on only (t) (x)', 'CREATE INDEX i ON ONLY t (x)'],
    ['create index i on "on" ("on")', 'CREATE INDEX i ON "on" ("on")'],
    [
      'create index i on t (x) with (fillfactor = 70) tablespace fast where x > 1',
      'CREATE INDEX i ON t (x) with (fillfactor = 70) tablespace fast where x > 1',
    ],
    ["create index i on t (x) where note = 'é;' -- end", "CREATE INDEX i ON t (x) where note = 'é;'"],
  ])('is read from %s', async (text, expected) => {
    const index = value(await readIndexDefinition(parser, text));
    expect(index.text).toBe(expected);
    expect(value(await parser.parse(index.text))).toHaveLength(1);
  });

  it('can be had without its tablespace', async () => {
    const text =
      'create index i on t (tablespace) with (fillfactor = 70) tablespace "fast (ssd)" where x > 1';
    const {portable} = value(await readIndexDefinition(parser, text));
    expect(portable).toBe('CREATE INDEX i ON t (tablespace) with (fillfactor = 70) where x > 1');
  });

  it.each([
    ['', 'invalid-input', undefined],
    ['-- nothing', 'invalid-input', undefined],
    ['select 1', 'invalid-input', undefined],
    ['create index i on t (x); drop table t', 'invalid-input', undefined],
    ['create index i on t', 'sql', 20],
  ])('is not read from %j', async (text, reason, position) => {
    const bad = failure(await readIndexDefinition(parser, text));
    expect([bad.reason, bad.server?.position]).toEqual([reason, position]);
  });
});

describe('the statements of a migration', () => {
  it.each([
    [
      'create index i on t (x)',
      {},
      'CREATE INDEX CONCURRENTLY i ON t (x)',
      'DROP INDEX CONCURRENTLY IF EXISTS i',
    ],
    [
      'create unique index "I" on t (x) tablespace fast',
      {schema: 'Sales'},
      'CREATE UNIQUE INDEX CONCURRENTLY "I" ON "Sales".t (x) tablespace fast',
      'DROP INDEX CONCURRENTLY IF EXISTS "Sales"."I"',
    ],
    [
      'create index i on own.t (x)',
      {schema: 'other'},
      'CREATE INDEX CONCURRENTLY i ON own.t (x)',
      'DROP INDEX CONCURRENTLY IF EXISTS own.i',
    ],
  ])('make and drop %s', async (text, options, up, down) => {
    const index = value(await readIndexDefinition(parser, text));
    expect(concurrentDefinition(index, options)).toEqual({up, down});
  });
});
