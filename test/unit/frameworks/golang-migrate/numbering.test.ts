import {expect, it} from 'vitest';
import {slugOf} from '../../../../src/frameworks/shared/new-files.ts';
import {nextLabel, usualExtension} from '../../../../src/frameworks/golang-migrate/numbering.ts';

const now = new Date('2026-03-04T05:06:07.890Z');

it.each<[string, readonly string[], string]>([
  ['an empty folder', [], '20260304050607'],
  ['six digits', ['000001_a.up.sql', '000041_b.up.sql'], '000042'],
  ['four digits', ['0009_a.up.sql'], '0010'],
  ['no padding', ['1_a.up.sql', '9_b.up.sql'], '10'],
  ['padding that is used up', ['01_a.up.sql', '99_b.up.sql'], '100'],
  ['gaps', ['000001_a.up.sql', '000007_b.up.sql'], '000008'],
  ['a last file that has only a down', ['000001_a.up.sql', '000002_b.down.sql'], '000003'],
  ['timestamps', ['20250101000000_a.up.sql'], '20260304050607'],
  ['a timestamp of this second', ['20260304050607_a.up.sql'], '20260304050608'],
  ['a timestamp of the future', ['20261231235959_a.up.sql'], '20270101000000'],
  ['sequence, then timestamps', ['000001_a.up.sql', '20250101000000_b.up.sql'], '20260304050607'],
  ['a number that is no date', ['20259901000000_a.up.sql'], '20259901000001'],
  ['unix seconds', ['1700000000_a.up.sql'], '1772600767'],
  ['unix seconds of the future', ['1999999999_a.up.sql'], '2000000000'],
  ['unix nanoseconds', ['1700000000000000000_a.up.sql'], '1772600767890000000'],
  ['other files', ['README.md', '000003_a.up.sql', '999999_x.sql'], '000004'],
])('continues %s', (_name, names, label) => expect(nextLabel(names, now)).toBe(label));

it.each([
  [['1_a.up.sql'], 'sql'],
  [['1_a.up.pgsql'], 'pgsql'],
  [[], 'sql'],
])('continues the extension of %j', (names, extension) => expect(usualExtension(names)).toBe(extension));

it.each([
  ['Add notes to orders', 'add_notes_to_orders'],
  ['  add--e-mail!! ', 'add_e_mail'],
  ['Größe über alles', 'große_uber_alles'],
  ['../../etc/passwd', 'etc_passwd'],
  ['add.up', 'add_up'],
  ['用户', '用户'],
  ['한국', '한국'],
  ['?!', ''],
  ['x'.repeat(300), 'x'.repeat(80)],
])('makes a file name of %j', (title, slug) => expect(slugOf(title)).toBe(slug));
