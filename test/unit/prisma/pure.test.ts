import {describe, expect, it} from 'vitest';
import {forcingTo} from '../../../src/core/prisma/forcing.ts';
import {providerOf} from '../../../src/core/prisma/lock-file.ts';
import {compareNames, nextLabel, parseName} from '../../../src/core/prisma/names.ts';
import {recordsOf, type MigrationRow} from '../../../src/core/prisma/records.ts';
import {schemaOf} from '../../../src/core/prisma/search-path.ts';
import {checksumOf, matchesChecksum} from '../../../src/frameworks/prisma/checksum.ts';

const row = (name: string, kind: 'done' | 'failed' | 'undone' = 'done'): MigrationRow => ({
  id: `${name} ${kind}`,
  name,
  checksum: '',
  finished: kind === 'done',
  rolledBack: kind === 'undone',
  at: '',
});

describe('names of Prisma’s migrations', () => {
  it.each([
    ['20260731120000_init', '20260731120000', 'init'],
    ['0_init', '0', 'init'],
    ['20260731120000_a_b', '20260731120000', 'a_b'],
    ['init', 'init', ''],
    ['2026-init', '2026-init', ''],
  ])('reads %s', (name, label, title) => {
    expect(parseName(name)).toEqual({label, title});
  });

  it('orders them as localeCompare does', () => {
    const names = ['b', 'B', 'a', '10_x', '1_x', '2_x', '_z'];
    expect(names.toSorted(compareNames)).toEqual(
      names.toSorted((one, other) => one.localeCompare(other, 'en')),
    );
  });

  it.each<[readonly string[], string]>([
    [[], '20260731120000'],
    [['20260101000000_a'], '20260731120000'],
    [['20260731120000_a'], '20260731120001'],
    [['9_a'], '10'],
    [['z'], '20260731120000'],
  ])('numbers the next one behind %j', (names, label) => {
    expect(nextLabel(names, new Date('2026-07-31T12:00:00.400Z'))).toBe(label);
  });
});

it.each([
  ['provider = "postgresql"\n', 'postgresql'],
  ['# do not edit\r\nprovider = "mysql"\r\n', 'mysql'],
  ['', undefined],
])('reads the provider of %j', (text, provider) => {
  expect(providerOf(text)).toBe(provider);
});

it.each([
  ['"$user", public', 'public'],
  ['', 'public'],
  ['""', 'public'],
  ['tenant, public', 'tenant'],
  ['"My ""Own""", x', 'My "Own"'],
])('works in the schema that the search path %s begins with', (path, schema) => {
  expect(schemaOf(path)).toBe(schema);
});

describe('checksums', () => {
  const padded = checksumOf('SELECT 3;\n');

  it('is SHA-256 in hexadecimal digits', () => {
    expect(checksumOf('hello')).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
  });

  it.each([
    ['LF', 'SELECT 3;\n', true],
    ['CRLF', 'SELECT 3;\r\n', true],
    ['another text', 'SELECT 4;\n', false],
  ])('fits a file with %s', (_what, text, fits) => {
    expect(matchesChecksum(text, padded)).toBe(fits);
    expect(matchesChecksum(text, checksumOf('SELECT 3;\r\n'))).toBe(fits);
  });

  it('fits digits without leading zeros, as early versions wrote them', () => {
    const early = padded.replaceAll(/(..)/g, pair => pair.replace(/^0/, ''));
    expect(early.length).toBeLessThan(64);
    expect(matchesChecksum('SELECT 3;\n', early)).toBe(true);
    expect(matchesChecksum('SELECT 4;\n', early)).toBe(false);
  });
});

it('lets a failed row win, and forgets what was rolled back', () => {
  const records = recordsOf([row('a', 'undone'), row('b', 'failed'), row('b'), row('c'), row('c', 'undone')]);
  expect([...records].map(([name, {kind}]) => `${name} ${kind}`)).toEqual(['b failed', 'c applied']);
});

describe('forcing', () => {
  const names = ['1', '2', '3'];
  it.each<[string, string | undefined, readonly MigrationRow[], unknown]>([
    ['to the last', '3', [row('1')], {rolledBack: [], applied: ['2', '3'], forgotten: []}],
    ['back', '1', [row('1'), row('2')], {rolledBack: [], applied: [], forgotten: ['2']}],
    [
      'to none',
      undefined,
      [row('1'), row('2', 'failed')],
      {rolledBack: ['2'], applied: [], forgotten: ['1']},
    ],
    [
      'a failure as rolled back',
      '1',
      [row('1'), row('2', 'failed'), row('3')],
      {rolledBack: ['2'], applied: [], forgotten: []},
    ],
    [
      'a failure as applied',
      '2',
      [row('2', 'failed'), row('3')],
      {rolledBack: ['2'], applied: ['2'], forgotten: []},
    ],
    [
      'past a failure',
      '3',
      [row('2', 'failed')],
      {rolledBack: ['2'], applied: ['1', '2', '3'], forgotten: []},
    ],
    [
      'a first failure as rolled back',
      undefined,
      [row('1', 'failed'), row('3')],
      {rolledBack: ['1'], applied: [], forgotten: []},
    ],
  ])('goes %s', (_where, id, rows, wanted) => {
    const forcing = forcingTo(id === undefined ? {kind: 'none'} : {kind: 'at', id}, names, rows);
    expect(forcing).toEqual({ok: true, value: wanted});
  });

  it('refuses what has no folder', () => {
    expect(forcingTo({kind: 'at', id: '4'}, names, [])).toMatchObject({failure: {reason: 'missing-file'}});
  });
});
