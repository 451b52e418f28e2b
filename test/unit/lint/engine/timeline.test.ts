import {expect, it} from 'vitest';
import {createLinter, type LintRequest} from '../../../../src/core/lint/engine.ts';
import {createModel, type Model} from '../../../../src/core/lint/model/model.ts';
import {rules} from '../../../../src/core/lint/rules.ts';
import {defaultLintSettings} from '../../../../src/core/lint/settings.ts';
import {toolNamed} from '../../../../src/core/lint/tools/tools.ts';
import {cache, parser} from './rig.ts';

const text = `CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE INDEX orders_note ON orders (note);
CREATE INDEX orders_note_again ON orders (note);
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases ALTER COLUMN note SET NOT NULL;
DROP TABLE purchases;`;

const linter = createLinter(parser, rules, cache);

function request(sql: string, before: Model, path = '/m/000002_b.up.sql'): LintRequest {
  return {
    document: {path, text: sql},
    tool: toolNamed('golang-migrate'),
    state: 'unknown',
    history: {id: '2', label: '000002'},
    before,
    settings: defaultLintSettings,
  };
}

it.each([
  ['nothing is changed', text],
  ['the last statement goes', text.slice(0, text.lastIndexOf('DROP'))],
  ['a statement comes at the end', `${text}\nCREATE TABLE orders (id int);`],
  ['a statement in the middle goes', text.replace(/CREATE INDEX orders_note .*\n/, '')],
  ['a column gets another name', text.replace('note text', 'remark text')],
  ['everything moves', `-- why\n${text}`],
  ['the second statement moves', text.replace('\n', '\n\n\n')],
])('finds where %s what it finds without an earlier look', async (_, changed) => {
  const before = createModel();
  await linter.lint(request(text, before));
  const again = await linter.lint(request(changed, before));
  expect(JSON.stringify(again)).toBe(JSON.stringify(await linter.lint(request(changed, createModel()))));
});

it('takes nothing of another file that begins with the same schema', async () => {
  const before = createModel();
  await linter.lint(request(text, before));
  const path = '/m/000003_c.up.sql';
  const other = await linter.lint(request(text, before, path));
  expect(JSON.stringify(other)).toBe(JSON.stringify(await linter.lint(request(text, createModel(), path))));
});
