import {expect, it} from 'vitest';
import {parseSettings} from '../../../../src/frameworks/golang-migrate/settings.ts';

const defaults = {
  table: 'schema_migrations',
  multiStatement: false,
  multiStatementMaxSize: 10_485_760,
  lock: true,
  statementTimeout: 0,
};

it.each<[Record<string, string>, object]>([
  [{}, defaults],
  [{pool_max_conns: '10'}, defaults],
  [{'x-migrations-table': 'my.table'}, {...defaults, table: 'my.table'}],
  [
    {'x-migrations-table': '"m"', 'x-migrations-table-quoted': 'true'},
    {...defaults, table: 'm'},
  ],
  [
    {'x-migrations-table': '"s"."t"', 'x-migrations-table-quoted': '1'},
    {...defaults, table: 't', schema: 's'},
  ],
  [
    {'x-migrations-table': '"s.x"."t.y"', 'x-migrations-table-quoted': 'T'},
    {...defaults, table: 't.y', schema: 's.x'},
  ],
  [
    {'x-migrations-table': '"s"."t"', 'x-migrations-table-quoted': 'false'},
    {...defaults, table: '"s"."t"'},
  ],
  [
    {'x-multi-statement': 'true', 'x-multi-statement-max-size': '5000'},
    {...defaults, multiStatement: true, multiStatementMaxSize: 5000},
  ],
  [{'x-multi-statement-max-size': '-1'}, defaults],
  [
    {'x-no-lock': 'true', 'x-statement-timeout': '1500'},
    {...defaults, lock: false, statementTimeout: 1500},
  ],
])('reads %j', (options, settings) => expect(parseSettings(options)).toEqual({ok: true, value: settings}));

it.each<[Record<string, string>]>([
  [{'x-migrations-table-quoted': 'yes'}],
  [{'x-migrations-table': 's.t', 'x-migrations-table-quoted': 'true'}],
  [{'x-migrations-table': '"a"."b"."c"', 'x-migrations-table-quoted': 'true'}],
  [{'x-migrations-table-quoted': 'true'}],
  [{'x-multi-statement': 'on'}],
  [{'x-multi-statement-max-size': '10MB'}],
  [{'x-statement-timeout': '1s'}],
  [{'x-no-lock': '2'}],
])('refuses %j', options =>
  expect(parseSettings(options)).toMatchObject({ok: false, failure: {reason: 'invalid-input'}}),
);
