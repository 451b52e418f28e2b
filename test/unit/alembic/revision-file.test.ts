import {describe, expect, it} from 'vitest';
import {pythonValueAt} from '../../../src/core/alembic/python-value.ts';
import {isRevisionName, readRevision} from '../../../src/core/alembic/revision-file.ts';

describe('a value of Python', () => {
  it.each<[string, unknown]>([
    ['None', {kind: 'none'}],
    ['(None)', {kind: 'none'}],
    ['None  # a base', {kind: 'none'}],
    [`'a'`, {kind: 'text', text: 'a'}],
    [`"a" 'b' + u"c"`, {kind: 'text', text: 'abc'}],
    [`("a"\n  "b")`, {kind: 'text', text: 'ab'}],
    [`'a' \\\n  'b'`, {kind: 'text', text: 'ab'}],
    [`r'a\\b'`, {kind: 'text', text: 'a\\b'}],
    [`'it\\'s'`, {kind: 'text', text: `it's`}],
    [`"""a"""`, {kind: 'text', text: 'a'}],
    [`('a',)`, {kind: 'texts', texts: ['a']}],
    [`('a', 'b')`, {kind: 'texts', texts: ['a', 'b']}],
    [`['a',  # one\n 'b'\n]`, {kind: 'texts', texts: ['a', 'b']}],
    [`{'a'}`, {kind: 'texts', texts: ['a']}],
    [`()`, {kind: 'texts', texts: []}],
    [`'a', 'b'`, {kind: 'texts', texts: ['a', 'b']}],
    [`'a';`, {kind: 'text', text: 'a'}],
    [`f'a'`, undefined],
    [`'a' + b`, undefined],
    [`'a' if x else None`, undefined],
    [`make('a')`, undefined],
    [`('a', b)`, undefined],
    [`('a'`, undefined],
    [`None or 'a'`, undefined],
    [`'%s' % x`, undefined],
    [`12`, undefined],
    [``, undefined],
  ])('%j', (text, value) => {
    expect(pythonValueAt(text, 0)).toEqual(value);
  });
});

const header = (lines: string): string =>
  `"""Add notes\n\nRevision ID: x\nCreate Date: 2024-05-01 10:00:00\n\n"""\n${lines}\n`;

describe('a revision’s file', () => {
  it.each<[string, string, object]>([
    [
      'plain',
      `revision = 'a'\ndown_revision = None`,
      {id: 'a', parents: [], dependsOn: [], branchLabels: []},
    ],
    [
      'annotated',
      `revision: str = 'b'\ndown_revision: Union[str, Sequence[str], None] = 'a'\nbranch_labels: Union[str, None] = None`,
      {id: 'b', parents: ['a']},
    ],
    [
      'a merge',
      `revision = 'c'\ndown_revision = ('a', 'b')\ndepends_on = ['x']`,
      {parents: ['a', 'b'], dependsOn: ['x']},
    ],
    ['labels', `revision='c'\nbranch_labels = ('one', 'two')`, {branchLabels: ['one', 'two']}],
    ['the last assignment counts', `revision = 'a'\nrevision = 'b'`, {id: 'b'}],
    ['an example in a string', `text = """\nrevision = 'no'\n"""\nrevision = 'yes'`, {id: 'yes'}],
    ['an example in a comment', `#revision = 'no'\nrevision = 'yes' # revision = 'no'`, {id: 'yes'}],
    ['indented is none', `if x:\n    revision = 'no'\nrevision = 'yes'`, {id: 'yes'}],
    ['a comparison is none', `revision = 'yes'\nrevision == 'no'`, {id: 'yes'}],
    ['CRLF', `revision = 'a'\r\ndown_revision = 'b'\r\n`, {id: 'a', parents: ['b']}],
  ])('%s', (_what, lines, revision) => {
    expect(readRevision('/v/x.py', header(lines))).toMatchObject({
      kind: 'revision',
      revision: {title: 'Add notes', created: '2024-05-01 10:00:00', ...revision},
    });
  });

  it.each<[string, string, string, object]>([
    ['no variable', '/v/x.py', 'def upgrade(): pass', {kind: 'none'}],
    [
      'the name of the first versions',
      '/v/1a2b.py',
      'down_revision = None',
      {kind: 'revision', revision: {id: '1a2b'}},
    ],
    [
      'an expression',
      '/v/x.py',
      `revision = make()\ndown_revision = 'a'`,
      {kind: 'unclear', names: ['revision']},
    ],
    ['two expressions', '/v/x.py', `revision = a\ndown_revision = b`, {names: ['revision', 'down_revision']}],
    ['no docstring', '/v/x.py', `# note\nrevision = 'a'`, {revision: {title: '', created: ''}}],
    ['a docstring in one line', '/v/x.py', `'only this'\nrevision = 'a'`, {revision: {title: 'only this'}}],
    ['a byte order mark', '/v/x.py', `\uFEFF"""t"""\nrevision = 'a'`, {revision: {title: 't', id: 'a'}}],
  ])('%s', (_what, path, text, file) => {
    expect(readRevision(path, text)).toMatchObject(file);
  });

  it.each([
    ['a.py', true],
    ['.#a.py', false],
    ['__init__.py', false],
    ['a.pyc', false],
    ['a.sql', false],
  ])('Alembic loads %s: %s', (name, loaded) => {
    expect(isRevisionName(name)).toBe(loaded);
  });
});
