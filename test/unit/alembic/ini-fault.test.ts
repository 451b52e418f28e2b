import {expect, it} from 'vitest';
import {iniFault} from '../../../src/core/alembic/ini-fault.ts';

it.each<[string, string]>([
  ['a usual file', '[alembic]\nscript_location = alembic\n\n# why\n[loggers]\nkeys = root\n'],
  ['a value over several lines', '[alembic]\nversion_locations =\n    one\n    two = three\n'],
  ['an empty line in a value', '[alembic]\nprepend_sys_path =\n  .\n\n  src\nother: 1\n'],
  ['keys that are indented alike', '[alembic]\n  a = 1\n  b = 2\n'],
  ['one key in two sections', '[alembic]\nkeys = a\n[loggers]\nkeys = b\n'],
  ['a mark of the byte order', '\uFEFF[alembic]\r\nkeys = a\r\n'],
  ['nothing', ''],
])('finds no fault with %s', (_name, text) => {
  expect(iniFault(text)).toBeUndefined();
});

it.each<[string, number, string]>([
  ['[alembic\nscript_location = alembic\n', 1, 'no closing bracket'],
  ['# ours\nscript_location = alembic\n', 2, 'before the first section'],
  ['[alembic]\nscript_location\n', 2, 'no key with = or :'],
  ['[alembic]\n= alembic\n', 2, 'no key with = or :'],
  ['[alembic]\na = 1\nA: 2\n', 3, 'gives a a second time in [alembic]'],
  ['[alembic]\na = 1\n[x]\nb = 1\n[alembic]\n', 5, 'begins [alembic] a second time'],
  ['[alembic]\na = 1\n<<<<<<< HEAD\n', 3, 'no key with = or :'],
])('finds where Alembic stops in %j', (text, line, words) => {
  expect(iniFault(text)).toEqual({line, words: expect.stringContaining(words)});
});
