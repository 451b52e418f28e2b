import {describe, expect, it} from 'vitest';
import {forcingTo} from '../../../src/core/flyway/forcing.ts';
import {parseName, usualNaming} from '../../../src/core/flyway/names.ts';
import {nextVersion} from '../../../src/core/flyway/next-version.ts';
import {fillPlaceholders} from '../../../src/core/flyway/placeholders.ts';
import {propertiesOf} from '../../../src/core/flyway/properties.ts';
import {statesOfHistory, type HistoryRow} from '../../../src/core/flyway/records.ts';
import {settingsOf} from '../../../src/core/flyway/settings.ts';
import {canonicalVersion, compareIds} from '../../../src/core/flyway/versions.ts';
import {checksumOf} from '../../../src/frameworks/flyway/checksum.ts';
import {lockKey} from '../../../src/frameworks/flyway/lock-key.ts';

describe('versions', () => {
  it.each([
    ['1', '1'],
    ['1.0', '1'],
    ['001_020', '1.20'],
    ['0', '0'],
    ['1.0.1', '1.0.1'],
    ['1..2', undefined],
    ['1a', undefined],
    ['', undefined],
  ])('reads %s', (text, canonical) => {
    expect(canonicalVersion(text)).toBe(canonical);
  });

  it('orders them by number, and what is repeatable behind them', () => {
    const ids = ['R__b', '10', '9', '1.10', 'R__a', '1.9', '99999999999999999999999'];
    const sorted = ['1.9', '1.10', '9', '10', '99999999999999999999999', 'R__a', 'R__b'];
    expect(ids.toSorted(compareIds)).toEqual(sorted);
  });

  it.each<[readonly string[], string]>([
    [[], '1'],
    [['1', '2.5'], '3'],
    [['009'], '010'],
    [['20260101000000'], '20260731120000'],
    [['20260731120000'], '20260731120001'],
    [['R__x'], '1'],
  ])('numbers the next one behind %j', (labels, next) => {
    expect(nextVersion(labels, new Date('2026-07-31T12:00:00Z'))).toBe(next);
  });
});

describe('names', () => {
  it.each<[string, unknown]>([
    ['V1__Add_users.sql', {kind: 'migration', id: '1', label: '1', description: 'Add users'}],
    ['V1_2__a__b.sql', {kind: 'migration', id: '1.2', label: '1.2', description: 'a  b'}],
    ['V3.sql', {kind: 'migration', id: '3', label: '3', description: ''}],
    [
      'R__All_views.sql',
      {kind: 'migration', id: 'R__All views', label: 'R__All_views', description: 'All views'},
    ],
    ['R1__x.sql', {kind: 'invalid'}],
    ['V1a__x.sql', {kind: 'invalid'}],
    ['V__x.sql', {kind: 'invalid'}],
    ['Views.sql', undefined],
    ['U1__x.sql', undefined],
    ['beforeMigrate.sql', undefined],
    ['V1__x.sql.conf', undefined],
    ['v1__x.sql', undefined],
  ])('reads %s', (name, wanted) => {
    expect(parseName(name, usualNaming)).toEqual(wanted);
  });

  it('follows a project’s own prefixes, separator and suffixes', () => {
    const naming = {versioned: '', repeatable: 'again', separator: '-', suffixes: ['.pg', '.sql']};
    expect(parseName('7-x.pg', naming)).toMatchObject({id: '7', description: 'x'});
    expect(parseName('again-y.sql', naming)).toMatchObject({id: 'R__y'});
  });
});

describe('placeholders', () => {
  const values = new Map([
    ['Long', 'a much longer value'],
    ['e', ''],
  ]);
  const style = {prefix: '${', suffix: '}'};

  it.each<[string, string, readonly string[]]>([
    ['x ${long} y ${E}z', 'x a much longer value y z', []],
    ['${other} ${long}', '${other} a much longer value', ['other']],
    ['$ {long} ${long', '$ {long} ${long', []],
  ])('fills %s', (text, filled, missing) => {
    expect(fillPlaceholders(text, values, style)).toMatchObject({text: filled, missing});
  });

  it('finds every place in the file again', () => {
    const file = 'ab ${long} cd ${e}ef';
    const {text, toFile} = fillPlaceholders(file, values, style);
    for (const part of ['ab', 'cd', 'ef']) expect(toFile(text.indexOf(part))).toBe(file.indexOf(part));
    expect(toFile(text.indexOf('longer'))).toBe(3);
  });
});

describe('configuration', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    [
      'flyway.conf',
      '# x\nflyway.locations = filesystem:a,classpath:b\nflyway.placeholders.My-Name=v\r\nother=1\n',
      {locations: 'filesystem:a,classpath:b', 'placeholders.My-Name': 'v'},
    ],
    [
      'application.properties',
      'spring.flyway.baseline-on-migrate=true\nspring.datasource.url=x\n',
      {baselineOnMigrate: 'true'},
    ],
    [
      'flyway.toml',
      '[environments.dev]\nurl = "x"\n[flyway]\nlocations = ["filesystem:sql", "filesystem:more"]\noutOfOrder = true\n[flyway.placeholders]\nowner = "me"\n',
      {locations: 'filesystem:sql,filesystem:more', outOfOrder: 'true', 'placeholders.owner': 'me'},
    ],
    [
      'flyway.toml',
      `# of the team
flyway.table = "written # so" # with a dot
[environments.default]
schemas = ["none"]
[flyway]
environment = "dev"
locations = [
  "filesystem:a", # first
  "filesystem:b",
]
[environments.dev]
url = "jdbc:postgresql://h/d"
schemas = [ "app", "more" ]
[environments.dev.flyway]
group = true
[environments.dev.flyway.placeholders]
owner = "x"
`,
      {
        schemas: 'app,more',
        table: 'written # so',
        environment: 'dev',
        locations: 'filesystem:a,filesystem:b',
        group: 'true',
        'placeholders.owner': 'x',
      },
    ],
    [
      'application.yml',
      'spring:\n  datasource:\n    url: x\n  flyway:\n    table: h # the history\n    locations:\n      - classpath:a\n      - filesystem:b\n    placeholders:\n      owner: me\nserver:\n  table: no\n',
      {table: 'h', locations: 'classpath:a,filesystem:b', 'placeholders.owner': 'me'},
    ],
    [
      'pom.xml',
      '<properties><flyway.user>u</flyway.user></properties><plugin><artifactId>flyway-maven-plugin</artifactId><configuration><table>h</table><locations><location>filesystem:a</location><location>filesystem:b</location></locations><placeholders><owner>me</owner></placeholders></configuration></plugin>',
      {user: 'u', table: 'h', locations: 'filesystem:a,filesystem:b', 'placeholders.owner': 'me'},
    ],
    [
      'build.gradle',
      "plugins { id 'org.flywaydb.flyway' }\nflyway {\n  table = 'h'\n  locations = ['filesystem:a', 'filesystem:b']\n  outOfOrder = true\n}\n",
      {table: 'h', locations: 'filesystem:a,filesystem:b', outOfOrder: 'true'},
    ],
    ['build.gradle.kts', 'flyway {\n  locations = arrayOf("filesystem:a")\n}\n', {locations: 'filesystem:a'}],
    ['pom.xml', '<project><artifactId>other</artifactId></project>', {}],
  ])('is read from %s', (name, text, wanted) => {
    expect(Object.fromEntries(propertiesOf(name, text))).toEqual(wanted);
  });

  it('has the tool’s defaults', () => {
    expect(settingsOf(new Map())).toMatchObject({
      table: 'flyway_schema_history',
      outOfOrder: false,
      validateOnMigrate: true,
      placeholderStyle: {prefix: '${', suffix: '}'},
      baselineVersion: '1',
      ignored: ['*:future'],
    });
    expect(settingsOf(new Map([['placeholderReplacement', 'false']])).placeholderStyle).toBeUndefined();
  });
});

it.each([
  ['LF', 'a\nb\n'],
  ['CRLF', 'a\r\nb\r\n'],
  ['CR', 'a\rb'],
  ['a byte order mark', '\uFEFFa\nb'],
])('has one checksum with %s', (_what, text) => {
  // CRC-32 of `ab`.
  expect(checksumOf(text)).toBe(0x9e83486d | 0);
});

it.each([
  ['public', 'flyway_schema_history', 77_433_833_903_597n],
  ['app', 'histoire_😀', 77_430_081_018_815n],
])('locks with a number of its own for %s.%s', (schema, table, key) => {
  expect(lockKey(schema, table)).toBe(key);
});

const row = (rank: number, version: string | null, more: Partial<HistoryRow> = {}): HistoryRow => ({
  rank,
  version,
  description: 'd',
  type: 'SQL',
  script: '',
  checksum: 1,
  success: true,
  on: 'then',
  ...more,
});
const file = (id: string, checksum = 1) => ({
  migration: {id, label: id, title: 'd', up: `/${id}.sql`},
  description: id.startsWith('R__') ? id.slice(3) : 'd',
  checksums: [checksum],
});

describe('states', () => {
  it.each<[string, readonly HistoryRow[], string]>([
    ['of nothing', [], '1 pending, 2 pending, R__d pending'],
    ['of what ran', [row(1, '1'), row(2, null)], '1 applied, 2 pending, R__d applied'],
    [
      'with another text',
      [row(1, '1', {checksum: 7}), row(2, null, {checksum: 7})],
      '1 edited, 2 pending, R__d pending',
    ],
    ['with another description', [row(1, '1', {description: 'x'})], '1 edited, 2 pending, R__d pending'],
    [
      'written by a program',
      [row(1, '1', {checksum: null, type: 'JDBC'})],
      '1 applied, 2 pending, R__d pending',
    ],
    ['of a gap', [row(1, '2.0')], '1 never-runs, 2 applied, R__d pending'],
    [
      'behind a baseline',
      [row(1, '1.5', {type: 'BASELINE'})],
      '1 applied, 1.5 applied, 2 pending, R__d pending',
    ],
    ['of a failure', [row(1, '1', {success: false})], '1 failed, 2 pending, R__d pending'],
    [
      'of a failure without a file',
      [row(1, '3', {success: false})],
      '1 never-runs, 2 never-runs, 3 failed, R__d pending',
    ],
    ['of what has no file', [row(1, '3')], '1 never-runs, 2 never-runs, 3 missing-file, R__d pending'],
    [
      'of a program without a file of SQL',
      [row(1, '1'), row(2, '3', {type: 'JDBC'})],
      '1 applied, 2 never-runs, 3 applied, R__d pending',
    ],
    [
      'deleted by repair',
      [row(1, '1'), row(2, '3'), row(3, '3', {type: 'DELETE'})],
      '1 applied, 2 pending, R__d pending',
    ],
    [
      'undone by a paid edition',
      [row(1, '1'), row(2, '1', {type: 'UNDO_SQL'})],
      '1 pending, 2 pending, R__d pending',
    ],
    [
      'with the mark of a schema',
      [row(0, null, {type: 'SCHEMA'}), row(1, '1')],
      '1 applied, 2 pending, R__d pending',
    ],
    ['run again', [row(1, null, {checksum: 7}), row(2, null)], '1 pending, 2 pending, R__d applied'],
  ])('are told %s', (_what, rows, wanted) => {
    const states = statesOfHistory([file('1'), file('2'), file('R__d')], rows, {outOfOrder: false});
    expect(states.map(({migration, state}) => `${migration.label} ${state.kind}`).join(', ')).toBe(wanted);
  });
});

describe('forcing', () => {
  const ids = ['1', '2', '3', 'R__d'];
  it.each<[string, string | undefined, readonly HistoryRow[], readonly number[], readonly string[]]>([
    ['to the last', '3', [row(1, '1')], [], ['2', '3']],
    ['back', '1', [row(1, '1'), row(2, '2'), row(3, null)], [2], []],
    ['to none', undefined, [row(0, null, {type: 'SCHEMA'}), row(1, '1'), row(2, null)], [1, 2], []],
    ['past a baseline', '3', [row(1, '2', {type: 'BASELINE'})], [], ['3']],
    ['before a failure', '1', [row(1, '1'), row(2, '2', {success: false}), row(3, '3')], [2], []],
    ['to a failure', '2', [row(1, '1'), row(2, '2', {success: false}), row(3, '3')], [2], ['2']],
  ])('goes %s', (_where, id, rows, removed, added) => {
    const forcing = forcingTo(id === undefined ? {kind: 'none'} : {kind: 'at', id}, ids, rows);
    expect(forcing).toMatchObject({ok: true, value: {removed, added}});
  });
});
