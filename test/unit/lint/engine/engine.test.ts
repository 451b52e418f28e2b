import {describe, expect, it} from 'vitest';
import {createLinter, type LintRequest} from '../../../../src/core/lint/engine.ts';
import {createModel} from '../../../../src/core/lint/model/model.ts';
import {createParseCache, type ParseCache} from '../../../../src/core/lint/parse-cache.ts';
import type {FileRule, Rule, Situation} from '../../../../src/core/lint/rule.ts';
import {rules} from '../../../../src/core/lint/rules.ts';
import {defaultLintSettings} from '../../../../src/core/lint/settings.ts';
import type {Target} from '../../../../src/core/lint/target.ts';
import type {Parser} from '../../../../src/core/sql/parser.ts';
import {afterSql, lintText, marking, parser, toolSending} from './rig.ts';

/** Says of each statement what a look at its situation gives. */
function saying(
  look: (situation: Situation) => string | undefined,
  kinds = ['IndexStmt', 'DropStmt', 'AlterTableStmt'],
): Rule {
  return marking('saying', kinds, {
    check: situation => {
      const what = look(situation);
      return what === undefined ? [] : [{at: situation.statement.whole, what, why: '', fix: ''}];
    },
  });
}

async function said(
  text: string,
  rule: Rule,
  request: Partial<LintRequest> = {},
): Promise<readonly string[]> {
  const {findings} = await lintText(text, [rule], {before: createModel(), ...request});
  return findings.map(({what}) => what);
}

const facts: Readonly<
  Record<string, {readonly bytes: number; readonly rows?: number; readonly writesPerSecond?: number}>
> = {
  large: {bytes: 41 * 2 ** 30, rows: 12_345_678, writesPerSecond: 320},
  small: {bytes: 8192, rows: 10},
  empty: {bytes: 2 ** 30, rows: 0},
  unknown: {bytes: 2 ** 30},
};

async function targetWith(sql: string): Promise<Target> {
  const model = await afterSql(sql);
  return {
    name: 'staging',
    major: 17,
    readAt: 1000,
    relation: name => model.relation(name),
    facts: ({name}) => facts[name],
  };
}

describe('findings', () => {
  it('are placed in the document, in the order of the text, each once', async () => {
    const both = [
      marking('b', ['SelectStmt']),
      marking('a', ['SelectStmt', 'DropStmt']),
      marking('a', ['DropStmt']),
    ];
    const text = "SELECT 'é🐘';\n---\n  -- x\n  DROP TABLE t;\n---\nSELECT 2";
    const {findings} = await lintText(text, both);
    expect(findings.map(({rule, start, end}) => [rule, start, text.slice(start, end)])).toEqual([
      ['a', 0, 'SELECT'],
      ['b', 0, 'SELECT'],
      ['a', 27, 'DROP'],
      ['a', 45, 'SELECT'],
      ['b', 45, 'SELECT'],
    ]);
  });

  it('have the severity that the settings say', async () => {
    const rules = {hushed: 'hint', silent: 'off', syntax: 'warning'} as const;
    const {findings} = await lintText(
      'SELECT 1; SELEC 2',
      ['loud', 'hushed', 'silent'].map(id => marking(id, ['SelectStmt'])),
      {settings: {...defaultLintSettings, rules}},
    );
    expect(findings.map(({rule, severity}) => [rule, severity])).toEqual([
      ['hushed', 'hint'],
      ['loud', 'warning'],
      ['syntax', 'warning'],
    ]);
  });

  it('are those of a file as a whole as well, each direction by itself', async () => {
    const rule: FileRule = {
      id: 'file',
      severity: 'hint',
      title: '',
      about: '',
      checkFile: ({direction, statements, counterpart}) => [
        {
          at: {start: 7, end: 9},
          what: `${direction} ${statements.length} of ${counterpart?.statements.length ?? '-'}`,
          why: '',
          fix: '',
        },
        ...statements.map((_, statement) => ({
          statement,
          at: {start: 0, end: 4},
          what: `${direction} ${statement}`,
          why: '',
          fix: '',
        })),
      ],
    };
    const one = await lintText('DROP a; SELECT 1; DROP TABLE b;', [rule]);
    expect(one.findings.map(({start, what, rule: id}) => (id === 'file' ? [start, what] : id))).toEqual([
      'syntax',
      [7, 'up 2 of -'],
      [8, 'up 0'],
      [18, 'up 1'],
    ]);
    const two = await lintText('SELECT 1;\n-- down\nSELECT 2; SELECT 3;', [{...rule, direction: 'down'}]);
    expect(two.findings.map(({start, what}) => [start, what])).toEqual([
      [7, 'down 2 of 1'],
      [18, 'down 0'],
      [28, 'down 1'],
    ]);
    const none = await lintText('-- nothing', [rule], {
      document: {path: '/p/1_a.down.sql', text: '-- nothing'},
      tool: {...toolSending({sent: 'each'}), passages: () => []},
    });
    expect(none.findings.map(({what}) => what)).toEqual(['down 0 of -']);
  });

  it('of a file that is applied are only that it was edited', async () => {
    const rules = [marking('edited-after-apply', ['SelectStmt']), marking('other', ['SelectStmt'])];
    const {findings} = await lintText('SELECT 1; SELEC 2; -- howdah-ignore other', rules, {state: 'applied'});
    expect(findings.map(({rule}) => rule)).toEqual(['edited-after-apply']);
  });

  it.each<[string, string, readonly string[]]>([
    ['ALTER TABEL t', 'TABEL', ['syntax error at or near "TABEL"']],
    ['SELECT $name$', '$name$', ['unterminated dollar-quoted string at or near "$name$"']],
  ])('of %j say what the parser refuses, and where', async (text, token, messages) => {
    const {findings} = await lintText(text, []);
    expect(findings.map(({what}) => what)).toEqual(messages);
    expect(findings.map(({start, end}) => text.slice(start, end))).toEqual([token]);
  });

  it('are not that a template does not parse', async () => {
    const placeholders = [{start: 7, end: 8, written: '{{ .X }}'}];
    const {findings} = await lintText('SELECT x y z; SELEC 1', [], {
      tool: toolSending({sent: 'each', placeholders}),
    });
    expect(findings.map(({start}) => start)).toEqual([14]);
  });

  it('do not repeat a string that has no end', async () => {
    const {findings} = await lintText(`SELECT 'a${'b'.repeat(500)}\n;`, []);
    expect(findings.map(({what}) => what.length)).toEqual([161]);
  });
});

describe('what is known of a relation', () => {
  const asking = saying(
    situation =>
      `${situation.isNew({name: 't'}) ? 'new ' : ''}${situation.isHarmless({name: 't'}) ? 'harmless' : 'matters'}`,
    ['IndexStmt'],
  );

  it.each<[string, string, readonly string[]]>([
    ['nothing', 'CREATE INDEX ON t (a);', ['matters']],
    ['made in the file', 'CREATE TABLE t (a int); CREATE INDEX ON t (a);', ['new harmless']],
    [
      'made in the file under another name',
      'CREATE TABLE u (a int); ALTER TABLE u RENAME TO t; CREATE INDEX ON t (a);',
      ['new harmless'],
    ],
    ['made later', 'CREATE INDEX ON t (a); CREATE TABLE t (a int);', ['matters']],
    [
      'made again',
      'DROP TABLE old; CREATE TABLE t (a int); CREATE INDEX ON t (a); DROP TABLE t;',
      ['new harmless'],
    ],
    ['temporary', 'CREATE TEMP TABLE t (a int); CREATE INDEX ON t (a);', ['new harmless']],
    ['made and rolled back', 'BEGIN; CREATE TABLE t (a int); ROLLBACK; CREATE INDEX ON t (a);', ['matters']],
    ['made by the other direction', 'CREATE TABLE t (a int);\n-- down\nCREATE INDEX ON t (a);', ['matters']],
  ])('%s', async (_, text, expected) => {
    expect(await said(text, asking)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['large', 'CREATE TABLE large (a int)', 'matters'],
    ['small', 'CREATE TABLE small (a int)', 'harmless'],
    ['empty', 'CREATE TABLE empty (a int)', 'harmless'],
    ['unknown', 'CREATE TABLE unknown (a int)', 'matters'],
    ['missing', '', 'harmless'],
    [
      'parted',
      'CREATE TABLE parted (a int) PARTITION BY LIST (a); CREATE TABLE small PARTITION OF parted DEFAULT',
      'harmless',
    ],
    [
      'parted',
      'CREATE TABLE parted (a int) PARTITION BY LIST (a); CREATE TABLE small PARTITION OF parted DEFAULT; CREATE TABLE large PARTITION OF parted FOR VALUES IN (1)',
      'matters',
    ],
  ])('of %s on a target that has %j', async (name, sql, expected) => {
    const rule = saying(situation => (situation.isHarmless({name}) ? 'harmless' : 'matters'), ['IndexStmt']);
    const before = await afterSql(`CREATE TABLE ${name} (a int)`);
    expect(await said(`CREATE INDEX ON ${name} (a)`, rule, {before, target: await targetWith(sql)})).toEqual([
      expected,
    ]);
  });

  it('is for a file that takes back what is there after the other one', async () => {
    const columns = saying(
      ({before}) => [...(before.relation({name: 't'})?.columns.keys() ?? [])].join(),
      ['AlterTableStmt'],
    );
    const before = await afterSql('CREATE TABLE t (a int)');
    const up = {
      path: '/project/migrations/2_b.up.sql',
      text: 'ALTER TABLE t ADD b int; ALTER TABLE t ADD c int;',
    };
    const text = 'ALTER TABLE t DROP c; ALTER TABLE t DROP b;\n';
    const down = {
      ...toolSending({sent: 'each'}),
      passages: (document: {readonly path: string; readonly text: string}) =>
        toolSending({sent: 'each', direction: document.path.includes('.down.') ? 'down' : 'up'}).passages(
          document,
        ),
    };
    expect(
      await said(text, columns, {
        before,
        document: {path: '/project/migrations/2_b.down.sql', text},
        tool: down,
        counterpart: up,
      }),
    ).toEqual(['a,b,c', 'a,b']);
    expect(await said(up.text, columns, {before, document: up, tool: down})).toEqual(['a', 'a,b']);
  });
});

describe('facts', () => {
  const about = (name: string, asks = true): Rule =>
    marking('about', ['DropStmt'], {
      check: situation =>
        asks && situation.isHarmless({name})
          ? []
          : [
              {
                at: situation.statement.whole,
                what: '',
                why: '',
                fix: '',
                lock: {mode: 'ACCESS EXCLUSIVE', on: [{name}]},
              },
            ],
    });

  it.each<[string, boolean, string | undefined, readonly string[]]>([
    ['orders', true, undefined, ['No connection is selected: orders is assumed to be large and in use.']],
    ['Orders', true, undefined, ['No connection is selected: "Orders" is assumed to be large and in use.']],
    ['orders', false, undefined, []],
    ['large', true, 'CREATE TABLE large (a int)', ['large: 41 GB, 12 M rows, 320 writes/s on staging']],
    ['small', false, 'CREATE TABLE small (a int)', ['small: 8 kB, 10 rows on staging']],
    ['unknown', true, 'CREATE TABLE unknown (a int)', ['unknown: 1 GB on staging']],
    ['other', true, 'CREATE TABLE other (a int)', []],
  ])('of %s, with a question %j, on a target with %j', async (name, asks, sql, expected) => {
    const target = sql === undefined ? undefined : await targetWith(sql);
    const {findings} = await lintText('DROP TABLE x', [about(name, asks)], {
      before: createModel(),
      ...(target ? {target} : {}),
    });
    expect(findings.map(each => each.facts)).toEqual([expected]);
    expect(findings[0]?.source).toEqual(target && {name: 'staging', readAt: 1000});
  });
});

describe('work', () => {
  const counting = (): {readonly cache: ParseCache; readonly parsed: string[]} => {
    const parsed: string[] = [];
    const counted: Parser = {
      ...parser,
      parse: sql => {
        parsed.push(sql);
        return parser.parse(sql);
      },
    };
    return {parsed, cache: createParseCache(counted, {limit: 60})};
  };

  it('is to parse what an edit changed, and nothing else', async () => {
    const {cache, parsed} = counting();
    const lint = (text: string): Promise<unknown> =>
      createLinter(parser, [], cache).lint({
        document: {path: '/a.sql', text},
        tool: toolSending({sent: 'each'}),
        state: 'unknown',
        history: {},
        before: createModel(),
        settings: defaultLintSettings,
      });
    await lint('SELECT 1; SELECT 2; SELECT 3;');
    await lint('SELECT 1; SELECT 20; SELECT 3; SELEC 4;');
    await lint('SELECT 1;\n\nSELECT 20; SELECT 3; SELEC 4;');
    expect(parsed).toEqual(['SELECT 1;', 'SELECT 2;', 'SELECT 3;', 'SELECT 20;', 'SELEC 4;']);
    await lint('SELECT 5; SELECT 6;');
    await lint('SELECT 1; SELECT 2;');
    expect(parsed.slice(5)).toEqual(['SELECT 5;', 'SELECT 6;', 'SELECT 2;']);
  });

  it('pauses by the clock, and stops when it is of no use any more', async () => {
    const text = Array.from({length: 100}, (_, index) => `SELECT ${index};`).join('\n');
    let clock = 0;
    let pauses = 0;
    const signal = {aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined};
    const options = {
      now: () => (clock += 1),
      pause: () => {
        pauses += 1;
        return Promise.resolve();
      },
      signal,
    };
    await lintText(text, [marking('a', ['SelectStmt'])], {}, options);
    expect(pauses).toBeGreaterThan(20);
    signal.aborted = true;
    expect(await lintText(text, [marking('a', ['SelectStmt'])], {}, options)).toEqual({
      findings: [],
      suppressed: 0,
    });
  });

  it.each([
    ['thousands of terms', `CREATE VIEW v AS SELECT ${Array(5000).fill('a').join(' || ')}`],
    ['more than the parser holds', `ALTER TABLE t ADD CHECK (${Array(20_000).fill('a').join('+')} > 0)`],
    ['parentheses that open', `SELECT ${'('.repeat(20_000)}`],
    ['a string in thousands of parts', `SELECT E'a'${"\n'b'".repeat(20_000)}`],
    ['subqueries', `SELECT ${'(SELECT '.repeat(1500)}1${')'.repeat(1500)}`],
    ['names with many parts', `SELECT ${'a.'.repeat(2000)}b`],
    ['a NUL and half a character', "SELECT '\0\ud800'"],
  ])('goes on behind %s', async (_, sql) => {
    const text = `${sql};\nDROP TABLE t;`;
    const {findings} = await lintText(text, [...rules, marking('last', ['DropStmt'])], {
      before: await afterSql('CREATE TABLE t (a int)'),
    });
    expect(findings.filter(({rule}) => rule === 'last').map(({start}) => start)).toEqual([text.length - 13]);
  });
});
