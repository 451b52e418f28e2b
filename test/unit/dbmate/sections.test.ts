import {describe, expect, it} from 'vitest';
import {compareNames, parseName} from '../../../src/core/dbmate/grammar.ts';
import {schemaText, takesRestrictKey} from '../../../src/core/dbmate/schema-text.ts';
import {readSections} from '../../../src/core/dbmate/sections.ts';

describe('the name of a dbmate migration', () => {
  it.each<[string, ReturnType<typeof parseName>]>([
    ['20151127184807_create_users.sql', {version: '20151127184807', title: 'create_users'}],
    ['001-add.sql', {version: '001', title: 'add'}],
    ['1.sql', {version: '1', title: ''}],
    ['1_a.b.sql', {version: '1', title: 'a.b'}],
    ['1_a.SQL', undefined],
    ['1_a.sql.bak', undefined],
    ['a1.sql', undefined],
    [' 1.sql', undefined],
    ['١_a.sql', undefined],
    ['1_a\nb.sql', undefined],
  ])('%j', (name, expected) => expect(parseName(name)).toEqual(expected));

  it('is ordered as text', () => {
    expect(['9_a.sql', '10_b.sql', '1_c.sql', '01_d.sql'].toSorted(compareNames)).toEqual([
      '01_d.sql',
      '10_b.sql',
      '1_c.sql',
      '9_a.sql',
    ]);
  });
});

/** Each block as `u` or `d`, a star where it has no transaction, and its text. */
function shown(text: string): readonly string[] {
  const {sections, problem} = readSections(text);
  const blocks = sections.flatMap(({up, down}) => (down ? [up, down] : [up]));
  return [
    ...blocks.map(
      ({direction, transaction, start, end}) =>
        `${direction[0]}${transaction ? '' : '*'} ${text.slice(start, end)}`,
    ),
    ...(problem === undefined ? [] : [problem]),
  ];
}

describe('the sections of a dbmate migration', () => {
  it.each<[string, readonly string[]]>([
    ['-- migrate:up\nA;\n-- migrate:down\nB;', ['u -- migrate:up\nA;\n', 'd -- migrate:down\nB;']],
    ['-- hi\n\n--migrate:up\n--\tmigrate:down', ['u --migrate:up\n', 'd --\tmigrate:down']],
    [
      '-- migrate:up transaction:false\r\nA\r\n-- migrate:down\r\n',
      ['u* -- migrate:up transaction:false\r\nA\r\n', 'd -- migrate:down\r\n'],
    ],
    [
      '-- migrate:up transaction:true\n-- migrate:down a transaction:false b',
      ['u -- migrate:up transaction:true\n', 'd* -- migrate:down a transaction:false b'],
    ],
    [
      '-- migrate:up transaction:false:x\n-- migrate:down',
      ['u -- migrate:up transaction:false:x\n', 'd -- migrate:down'],
    ],
    [
      '-- migrate:up transaction: false\n-- migrate:down',
      ['u -- migrate:up transaction: false\n', 'd -- migrate:down'],
    ],
    [
      '-- migrate:up\nA\n-- migrate:down\nB\n-- migrate:up\nC\n-- migrate:down\n',
      ['u -- migrate:up\nA\n', 'd -- migrate:down\nB\n', 'u -- migrate:up\nC\n', 'd -- migrate:down\n'],
    ],
    ['', ['no-up']],
    ['A;', ['no-up']],
    ['-- migrate:down\n', ['no-up']],
    ['-- migrate:upper\n', ['no-up']],
    [' -- migrate:up\n-- migrate:down', ['no-up']],
    ['\uFEFF-- migrate:up\n-- migrate:down', ['no-up']],
    ['-- Migrate:up\n-- migrate:down', ['no-up']],
    ['-- migrate:up\nA', ['u -- migrate:up\nA', 'no-down']],
    ['A;\n-- migrate:up\n-- migrate:down', ['u -- migrate:up\n', 'd -- migrate:down', 'statements-before']],
    [
      '/* x */\n-- migrate:up\n-- migrate:down',
      ['u -- migrate:up\n', 'd -- migrate:down', 'statements-before'],
    ],
    [
      '-- migrate:up\n-- migrate:down\n-- migrate:down',
      ['u -- migrate:up\n', 'd -- migrate:down\n-- migrate:down', 'down-without-up'],
    ],
    [
      'A -- migrate:up\n-- migrate:up\n-- migrate:down',
      ['u -- migrate:up\n', 'd -- migrate:down', 'statements-before'],
    ],
    [
      '-- migrate:up\nSELECT 1; -- migrate:down\n-- migrate:down',
      ['u -- migrate:up\nSELECT 1; -- migrate:down\n', 'd -- migrate:down'],
    ],
  ])('%j', (text, expected) => expect(shown(text)).toEqual(expected));

  it('says where the marker ends', () => {
    const text = '-- c\n-- migrate:up  \r\nA\n-- migrate:down x:y ';
    const [section] = readSections(text).sections;
    expect(
      [section?.up, section?.down].map(block => text.slice(block?.marker.start, block?.marker.end)),
    ).toEqual(['-- migrate:up', '-- migrate:down x:y']);
  });
});

describe('the schema file', () => {
  it.each<[string, string, readonly string[], string]>([
    [
      'nothing applied',
      '--\n-- head\n--\n\nSET x;  \n\n-- end\n',
      [],
      'SET x;\n\n-- end\n\n--\n-- Dbmate schema migrations\n--\n\n',
    ],
    [
      'two versions',
      'SET x;\n',
      ["'1'", "'2'"],
      "SET x;\n\n--\n-- Dbmate schema migrations\n--\n\nINSERT INTO t (version) VALUES\n    ('1'),\n    ('2');\n",
    ],
  ])('with %s', (_name, dump, literals, expected) => expect(schemaText(dump, 't', literals)).toBe(expected));

  it.each<[string, boolean]>([
    ['pg_dump (PostgreSQL) 15.13', false],
    ['pg_dump (PostgreSQL) 15.14 (Debian 15.14-0)', true],
    ['pg_dump (PostgreSQL) 16.9', false],
    ['pg_dump (PostgreSQL) 17.6', true],
    ['pg_dump (PostgreSQL) 14.19', false],
    ['pg_dump (PostgreSQL) 18.0', true],
    ['pg_dump (PostgreSQL) 18beta1', false],
    ['', false],
  ])('asks %j for a fixed key: %s', (version, expected) => expect(takesRestrictKey(version)).toBe(expected));
});
