import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {fileNameFor, locationOf, slugOf} from '../../../src/core/alembic/environment.ts';
import {interpolate, parseIni, sectionOf} from '../../../src/core/alembic/ini.ts';
import {bodyOf, revisionText} from '../../../src/core/alembic/new-revision.ts';
import {readRevision} from '../../../src/core/alembic/revision-file.ts';
import {tomlTable} from '../../../src/core/alembic/toml.ts';
import {environmentIn, findEnvironments} from '../../../src/frameworks/alembic/detect.ts';
import {upwards} from '../../../src/frameworks/alembic/python.ts';
import {filesIn} from '../../../src/cli/files.ts';

describe('an ini file', () => {
  it('has sections with values, comments, lines that go on, and defaults', () => {
    const ini = parseIni(
      '\uFEFF[DEFAULT]\nbase = /x\n# no\n[alembic]\r\nScript_Location: %(base)s/a\n; no\nlong = one\n  two\n\nbare\n',
    );
    const section = sectionOf(ini, 'alembic');
    expect(Object.fromEntries(section ?? [])).toEqual({
      base: '/x',
      script_location: '%(base)s/a',
      long: 'one\ntwo',
      bare: '',
    });
    expect(sectionOf(ini, 'other')).toBeUndefined();
  });

  it.each<[string, string]>([
    ['%(here)s/a', '/here/a'],
    ['%(a)s', '1%'],
    ['%%(rev)s', '%(rev)s'],
    ['%(nothing)s', ''],
    ['%(loop)s', ''],
  ])('puts values in: %s', (text, value) => {
    expect(
      interpolate(
        text,
        new Map([
          ['a', '1%%'],
          ['loop', '%(loop)s'],
        ]),
        '/here',
      ),
    ).toBe(value);
  });
});

describe('a table of TOML', () => {
  it('has strings and lists', () => {
    const text = `[tool.other]\nscript_location = "no"\n\n[ tool.alembic ] # ours\nscript_location = "%(here)s/a" # where\nversion_locations = [\n  "one", # first\n  'two',\n]\nrecursive_version_locations = true\n[tool.alembic.x]\nfile_template = "no"\n`;
    expect(Object.fromEntries(tomlTable(text, 'tool.alembic') ?? [])).toEqual({
      script_location: '%(here)s/a',
      version_locations: 'one\ntwo',
      recursive_version_locations: 'true',
    });
    expect(tomlTable('[tool.other]\n', 'tool.alembic')).toBeUndefined();
  });
});

describe('version locations', () => {
  it.each<[string, string | undefined, readonly string[]]>([
    ['a b', undefined, ['a', 'b']],
    ['a, b', undefined, ['a', 'b']],
    ['a:b c', 'os', ['a', 'b c']],
    ['a:b', 'os  # Use os.pathsep', ['a', 'b']],
    ['a;b', ';', ['a', 'b']],
    ['a b', 'space', ['a', 'b']],
    ['a\nb', 'newline', ['a', 'b']],
    ['', undefined, []],
  ])('%j with %s', (value, separator, paths) => {
    const section = new Map([
      ['version_locations', value],
      ...(separator === undefined ? [] : [['version_path_separator', separator] as const]),
    ]);
    expect(locationOf(section, '/here', ':').versionLocations).toEqual(paths);
  });
});

describe('the name of a new file', () => {
  const now = new Date(2024, 4, 3, 7, 8, 9);
  it.each<[string, string]>([
    ['%%(rev)s_%%(slug)s', 'ab12_add_a_note.py'],
    ['%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s', '2024_05_03_0708-ab12.py'],
    ['%%(second)02d%%(nothing)s', '09%(nothing)s.py'],
  ])('%s', (template, name) => {
    const location = locationOf(new Map([['file_template', template]]), '/', ':');
    expect(fileNameFor(location, {id: 'ab12', title: 'Add a note!', now})).toBe(name);
  });

  it.each([
    ['Über 2 words', 40, 'über_2_words'],
    ['one two three', 9, 'one_two_'],
    ['?!', 40, ''],
  ])('has the words of %j', (title, length, slug) => {
    expect(slugOf(title, length)).toBe(slug);
  });
});

describe('a new revision', () => {
  it('is read back', () => {
    const text = revisionText({
      id: 'b',
      parents: ['a'],
      title: 'Say """it"""',
      up: [{sql: 'SELECT 1;\n', outside: false}],
      down: [],
      now: new Date(0),
    });
    expect(readRevision('/b.py', text)).toMatchObject({
      kind: 'revision',
      revision: {id: 'b', parents: ['a']},
    });
    expect(text).toContain('op.execute(\n        """\n        SELECT 1;\n        """\n    )');
    expect(text).toMatch(/def downgrade\(\) -> None:\n {4}pass\n$/);
  });

  it.each([
    ["SELECT '12:30 :a', a::int", String.raw`SELECT '12:30 \\:a', a::int`],
    ["SELECT 'a\n  b'", "\nSELECT 'a\n  b'\n"],
    ['SELECT 1,\n  2', '\n        SELECT 1,\n          2\n'],
    [String.raw`SELECT E'\n'`, String.raw`SELECT E'\\n'`],
    ["SELECT a[1:n], ':a:b', '(:a$)'", String.raw`SELECT a[1:n], ':a:b', '(\\:a$)'`],
    [String.raw`SELECT '\:a', '\::a', '\:'`, String.raw`SELECT '\\\\:a', '\\::a', '\\\\:'`],
    ["SELECT ':ä'", String.raw`SELECT '\\:ä'`],
    ["SELECT 'a\r\n'", String.raw`SELECT 'a\r`],
    ['SELECT 1,\r\n2', 'SELECT 1,\n        2'],
  ])('says %s', (sql, python) => {
    expect(bodyOf([{sql, outside: false}])).toContain(python);
  });

  it('executes one statement after the other, and some of them outside of the transaction', () => {
    const body = bodyOf([
      {sql: 'SELECT 1;', outside: false},
      {sql: 'VACUUM;', outside: true},
      {sql: 'REINDEX SYSTEM;', outside: true},
    ]);
    expect(body).toBe(`op.execute(
        """
        SELECT 1;
        """
    )
    with op.get_context().autocommit_block():
        op.execute(
            """
            VACUUM;
            """
        )
        op.execute(
            """
            REINDEX SYSTEM;
            """
        )`);
  });
});

describe('detection', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'howdah-alembic-detect-'));
  });
  afterEach(() => rm(root, {recursive: true}));

  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), {recursive: true});
      await writeFile(join(root, path), text);
    }
  };

  it.each<[string, Readonly<Record<string, string>>, readonly (readonly [string, string])[]]>([
    [
      'alembic.ini',
      {'alembic.ini': '[alembic]\nscript_location = migrations\n'},
      [['alembic', 'migrations/versions']],
    ],
    [
      '%(here)s in a folder',
      {'db/alembic.ini': '[alembic]\nscript_location = %(here)s/m\n'},
      [['alembic', 'db/m/versions']],
    ],
    [
      'several environments',
      {'alembic.ini': '[alembic]\nscript_location = a\n[billing]\nscript_location = b\n[other]\nx = 1\n'},
      [
        ['alembic', 'a/versions'],
        ['billing', 'b/versions'],
      ],
    ],
    [
      'two with one folder',
      {'alembic.ini': '[dev]\nscript_location = a\n[prod]\nscript_location = a\n'},
      [['dev', 'a/versions']],
    ],
    [
      'version_locations',
      {'alembic.ini': '[alembic]\nscript_location = a\nversion_locations = x y\n'},
      [['alembic', 'x']],
    ],
    [
      'pyproject.toml',
      {'pyproject.toml': '[tool.alembic]\nscript_location = "%(here)s/a"\n'},
      [['alembic', 'a/versions']],
    ],
    [
      'both',
      {
        'pyproject.toml': '[tool.alembic]\nscript_location = "a"\n',
        'alembic.ini': '[alembic]\nsqlalchemy.url = x\n',
      },
      [['alembic', 'a/versions']],
    ],
    [
      'a package',
      {'alembic.ini': '[alembic]\nscript_location = app.db:m\n', 'src/app/db/m/env.py': ''},
      [['alembic', 'src/app/db/m/versions']],
    ],
    [
      'Flask-Migrate',
      {'migrations/alembic.ini': '[alembic]\n[loggers]\n', 'migrations/env.py': ''},
      [['alembic', 'migrations/versions']],
    ],
    ['nothing said', {'alembic.ini': '[alembic]\n'}, []],
    ['a broken file', {'alembic.ini': '[alembic\nscript_location = a\n'}, []],
    ['another tool’s', {'pyproject.toml': '[tool.black]\n'}, []],
  ])('%s', async (_what, files, found) => {
    await write(files);
    const environments = await findEnvironments(filesIn([root]));
    expect(environments.map(({section, versions}) => [section, relative(root, versions[0] ?? '')])).toEqual(
      found,
    );
  });

  it('takes what the user says, with the configuration that belongs to it', async () => {
    await write({'alembic.ini': '[alembic]\nscript_location = a\n'});
    const files = filesIn([root]);
    for (const folder of ['a/versions', 'a', ''])
      expect(await environmentIn(join(root, folder), files)).toMatchObject({
        ini: join(root, 'alembic.ini'),
        scripts: join(root, 'a'),
      });
    expect(await environmentIn(join(root, 'b/versions'), files)).toMatchObject({
      scripts: join(root, 'b'),
      folder: root,
    });
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['/w/a/b', ['/w'], ['/w/a/b', '/w/a', '/w']],
    ['/w', ['/w'], ['/w']],
    ['/w/a', ['/other', '/w'], ['/w/a', '/w']],
    ['/x', ['/w'], ['/x']],
  ])('looks for an interpreter from %s', (folder, roots, folders) => {
    expect(upwards(folder, roots)).toEqual(folders);
  });
});
