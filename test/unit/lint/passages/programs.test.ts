import {describe, expect, it} from 'vitest';
import {javascriptPassages} from '../../../../src/core/lint/passages/javascript.ts';
import {pythonPassages} from '../../../../src/core/lint/passages/python.ts';
import type {Passage} from '../../../../src/core/lint/file.ts';

function python(text: string): readonly Passage[] {
  return pythonPassages(text, {transaction: true});
}

function javascript(text: string): readonly Passage[] {
  return javascriptPassages(text, {transaction: () => true});
}

/** Python's and JavaScript's source of one call, the SQL of it, and whether it can be edited. */
const cases: readonly (readonly [
  string,
  (text: string) => readonly Passage[],
  string,
  string | undefined,
  boolean,
])[] = [
  ['a string', python, 'op.execute("SELECT 1")', 'SELECT 1', true],
  ['quotes inside', python, `op.execute('SELECT "a"')`, 'SELECT "a"', true],
  ['escaped quotes', python, `op.execute('SELECT \\'a\\' AS b')`, "SELECT 'a' AS b", false],
  ['three quotes', python, 'op.execute("""\n  SELECT \'it\'\n""")', "\n  SELECT 'it'\n", true],
  [
    'three quotes with one inside',
    python,
    `op.execute('''SELECT 'a', ''' + "'b'" + ''' ''')`,
    "SELECT 'a', 'b' ",
    false,
  ],
  ['raw', python, `op.execute(r"SELECT E'\\n'")`, "SELECT E'\\n'", true],
  ['raw with a quote', python, `op.execute(r"SELECT '\\" '")`, `SELECT '\\" '`, true],
  [
    'bytes and unicode',
    python,
    `op.execute(u"SELECT '\\u00e4\\x41\\N{DIGIT ONE}\\101'")`,
    "SELECT 'äA?A'",
    false,
  ],
  ['an unknown escape stays', python, String.raw`op.execute("SELECT '\d'")`, String.raw`SELECT '\d'`, true],
  ['joined lines', python, 'op.execute("SELECT \\\n1")', 'SELECT 1', false],
  ['strings beside each other', python, 'op.execute(\n    "SELECT "\n    "1"  # one\n)', 'SELECT 1', false],
  ['a plus', python, 'op.execute("SELECT " + "1")', 'SELECT 1', false],
  ['text()', python, 'conn.execute(sa.text("SELECT 1"))', 'SELECT 1', true],
  ['dedent', python, 'op.execute(textwrap.dedent("""SELECT 1"""))', 'SELECT 1', true],
  ['get_bind', python, 'op.get_bind().execute(text("SELECT 1"))', 'SELECT 1', true],
  ['exec_driver_sql', python, 'bind.exec_driver_sql("SELECT 1")', 'SELECT 1', true],
  [
    'a formatted string',
    python,
    'op.execute(f"DROP TABLE {schema}.t -- {{x}}")',
    'DROP TABLE _schema_.t -- {x}',
    false,
  ],
  [
    'a hole with quotes in it',
    python,
    `op.execute(f"DROP TABLE {names['a']}")`,
    'DROP TABLE _names__a___',
    true,
  ],
  ['format()', python, 'op.execute("DROP TABLE {}.t".format(schema))', 'DROP TABLE __.t', true],
  ['format() of a string', python, 'op.execute("DROP TABLE {}.t".format("s"))', 'DROP TABLE __.t', true],
  ['a percent and a string', python, 'op.execute("DROP TABLE %s" % "t")', 'DROP TABLE _s', true],
  ['a percent', python, 'op.execute("DROP TABLE %s" % name)', 'DROP TABLE _s', true],
  ['a name between', python, 'op.execute("DROP TABLE " + schema + ".t")', 'DROP TABLE _schema.t', false],
  ['a constant', python, 'SQL = """SELECT 1"""\nop.execute(SQL)', 'SELECT 1', true],
  [
    'a constant over lines',
    python,
    'SQL = (\n  "SELECT "\n  "1"\n)\nop.execute(text(SQL))',
    'SELECT 1',
    false,
  ],
  ['a parameter of SQLAlchemy', python, 'op.execute("SELECT :a")', 'SELECT _a', true],
  ['no SQL', python, 'runner.execute("build")', undefined, false],
  ['a comment', python, '# op.execute("SELECT 1")', undefined, false],
  ['inside of a string', python, `x = 'op.execute("SELECT 1")'`, undefined, false],
  ['a function of that name', python, 'execute("SELECT 1")', undefined, false],
  ['a value only known later', python, 'op.execute(build())', undefined, false],

  ['a string', javascript, "pgm.sql('SELECT 1')", 'SELECT 1', true],
  ['a template', javascript, 'pgm.sql(`\n  SELECT 1\n`)', '\n  SELECT 1\n', true],
  ['a template from Windows', javascript, 'pgm.sql(`\r\n  SELECT 1\r\n`)', '\r\n  SELECT 1\r\n', true],
  ['holes', javascript, 'pgm.sql(`DROP TABLE ${schema}.t_${n}`)', 'DROP TABLE __schema_.t___n_', true],
  [
    'a hole with a template in it',
    javascript,
    'pgm.sql(`DROP TABLE ${a ? `x${"}"}` : "}"};`)',
    'DROP TABLE __a____x______________;',
    true,
  ],
  [
    'escapes',
    javascript,
    String.raw`pgm.sql('SELECT \'a\', \'\u00e4\u{41}\x42\n\'')`,
    "SELECT 'a', 'äAB\n'",
    false,
  ],
  ['an escaped hole', javascript, "pgm.sql(`SELECT '\\${x}'`)", "SELECT '${x}'", false],
  ['a plus', javascript, "pgm.sql('SELECT ' +\n  '1')", 'SELECT 1', false],
  ['a name between', javascript, "pgm.sql('DROP TABLE ' + schema + '.t')", 'DROP TABLE _schema.t', false],
  ['a tag', javascript, 'await sql`SELECT 1`.execute(db)', 'SELECT 1', true],
  ['knex.raw', javascript, "await knex.schema.raw('DROP TABLE ??', ['t'])", 'DROP TABLE __', true],
  [
    'a default that is no statement',
    javascript,
    "table.timestamp('a').defaultTo(knex.raw('now()'))",
    undefined,
    false,
  ],
  ['a constant', javascript, 'const text = `SELECT 1`;\npgm.sql(text)', 'SELECT 1', true],
  [
    'names of node-pg-migrate',
    javascript,
    "pgm.sql('DROP TABLE {name}', {name: 't'})",
    'DROP TABLE _name_',
    true,
  ],
  ['a comment', javascript, "// pgm.sql('SELECT 1')\n/* pgm.sql('SELECT 1') */", undefined, false],
  ['a regular expression', javascript, "const r = /'`/; pgm.sql('SELECT 1')", 'SELECT 1', true],
  ['a division', javascript, "const r = a / 2; pgm.sql('SELECT 1 / 2')", 'SELECT 1 / 2', true],
];

describe('SQL in programs', () => {
  it.each(cases)('%s (%o)', (_, read, text, sql, verbatim) => {
    const passages = read(text);
    expect(passages.map(passage => [passage.sql, passage.verbatim])).toEqual(
      sql === undefined ? [] : [[sql, verbatim]],
    );
  });

  it.each(cases.filter(([, , , sql]) => sql !== undefined))('%s (%o): places', (_, read, text) => {
    for (const passage of read(text)) {
      const {sql, span, verbatim, placeholders = []} = passage;
      const isOwn = (at: number): boolean => !placeholders.some(({start, end}) => start <= at && at < end);
      const offsets = Array.from(sql, (_character, at) => passage.toDocument(at));
      expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
      for (const [at, offset] of offsets.entries())
        if (verbatim) expect(isOwn(at) ? text[offset] : '').toBe(isOwn(at) ? sql[at] : '');
      expect(passage.toDocument(sql.length)).toBe(span.end);
      for (const {start, written} of placeholders)
        expect(text.slice(passage.toDocument(start)).startsWith(written)).toBe(true);
    }
  });
});

describe('which direction a program is in', () => {
  it.each<[string, (text: string) => readonly Passage[], string, readonly string[]]>([
    [
      'Python',
      python,
      'def upgrade():\n  op.execute("SELECT 1")\ndef downgrade():\n  op.execute("SELECT 2")',
      ['up', 'down'],
    ],
    [
      'helpers of Django',
      python,
      'def forwards(a, b):\n  c.execute("SELECT 1")\ndef backwards_undo(a, b):\n  c.execute("SELECT 2")',
      ['up', 'down'],
    ],
    [
      'CommonJS',
      javascript,
      "exports.up = (pgm) => { pgm.sql('SELECT 1') };\nexports.down = (pgm) => { pgm.sql('SELECT 2') };",
      ['up', 'down'],
    ],
    [
      'down first',
      javascript,
      "export async function down(db) { await db.query('SELECT 2') }\nexport async function up(db) { await db.query('SELECT 1') }",
      ['down', 'up'],
    ],
    [
      'methods',
      javascript,
      "class A { async up(q) { q.query('SELECT 1') } async down(q) { q.query('SELECT 2') } }",
      ['up', 'down'],
    ],
    [
      'a call of up inside of down',
      javascript,
      "exports.down = async (pgm) => { await up(pgm); x.up(); pgm.sql('SELECT 2') };",
      ['down'],
    ],
  ])('%s', (_, read, text, expected) => {
    expect(read(text).map(({direction}) => direction)).toEqual(expected);
  });
});

describe('where a call can have another beside it', () => {
  it.each<[string, (text: string) => readonly Passage[], string, string | undefined]>([
    ['a statement', python, 'def upgrade():\n    op.execute("SELECT 1")\n', 'op.execute("SELECT 1")'],
    ['over lines', python, 'op.execute(\n    "SELECT 1"\n)\n', 'op.execute(\n    "SELECT 1"\n)'],
    ['a path', python, 'op.get_bind().execute(text("SELECT 1"))', 'op.get_bind().execute(text("SELECT 1"))'],
    ['its result is used', python, 'x = op.execute("SELECT 1")', undefined],
    ['its result is asked', python, 'op.execute("SELECT 1").scalar()', undefined],
    ['a statement', javascript, "  await knex.raw('SELECT 1');\n", "await knex.raw('SELECT 1');"],
    ['without a semicolon', javascript, "pgm.sql('SELECT 1')\n", "pgm.sql('SELECT 1')"],
    ['a tag', javascript, '  await sql`SELECT 1`.execute(db);\n', 'await sql`SELECT 1`.execute(db);'],
    ['what is returned', javascript, "return knex.raw('SELECT 1');", undefined],
    ['a chain', javascript, "knex.raw('SELECT 1').then(x);", undefined],
    ['an arrow', javascript, "exports.up = pgm => pgm.sql('SELECT 1');", undefined],
    [
      'an operation of Django',
      python,
      '[\n    migrations.RunSQL("SELECT 1"),\n]',
      'migrations.RunSQL("SELECT 1")',
    ],
  ])('%s: %o', (_, read, text, expected) => {
    const [passage] = read(text);
    expect(passage?.call && text.slice(passage.call.start, passage.call.end)).toBe(expected);
  });

  it.each<[string, (text: string) => readonly Passage[], string, string, string | undefined]>([
    ['quotes', python, 'op.execute("SELECT 1")', "SELECT \"a\", 'b', '\\'", "SELECT \\\"a\\\", 'b', '\\\\'"],
    ['lines in one', python, 'op.execute("SELECT 1")', 'SELECT\n1', undefined],
    ['lines in three', python, 'op.execute("""SELECT 1""")', 'SELECT\n1', 'SELECT\n1'],
    ['braces', python, 'op.execute(f"SELECT 1")', "SELECT '{}'", "SELECT '{{}}'"],
    ['a template', javascript, 'pgm.sql(`SELECT 1`)', "SELECT '`${x}\\'", "SELECT '\\`\\${x}\\\\'"],
    ['one quote', javascript, "pgm.sql('SELECT 1')", "SELECT 'a'", "SELECT \\'a\\'"],
  ])('writes %s (%o)', (_, read, text, sql, expected) => {
    const [passage] = read(text);
    expect(passage?.call?.write(sql)).toBe(expected);
    const again = expected === undefined ? undefined : text.replace('SELECT 1', () => expected);
    if (again !== undefined) expect(read(again)[0]?.sql).toBe(sql);
  });
});
