import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createLinter} from '../../../src/core/lint/engine.ts';
import type {Finding} from '../../../src/core/lint/finding.ts';
import {createModel} from '../../../src/core/lint/model/model.ts';
import {rules} from '../../../src/core/lint/rules.ts';
import {defaultLintSettings} from '../../../src/core/lint/settings.ts';
import type {ToolId} from '../../../src/core/lint/tools/tool.ts';
import {toolNamed} from '../../../src/core/lint/tools/tools.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {commands} from './commands.ts';

const parser = createParser();
const linter = createLinter(parser, rules);
const syntaxOnly = createLinter(parser, []);
const folder = join(import.meta.dirname, '../../fixtures/grammar');

/** A statement for each line, and what is indented below it. */
const files = readdirSync(folder).map(name => ({
  name,
  statements: readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split(/\n(?=\S)/),
}));
const all = files.flatMap(({statements}) => statements);

/** With all rules for a whole file of golang-migrate. */
async function lint(text: string, tool?: ToolId): Promise<readonly Finding[]> {
  const result = await (tool === 'golang-migrate' ? linter : syntaxOnly).lint({
    document: {path: '/migrations/000002_grammar.up.sql', text},
    tool: toolNamed(tool ?? 'golang-migrate'),
    state: 'unknown',
    history: {},
    before: createModel(),
    settings: defaultLintSettings,
  });
  return result.findings;
}

async function refused(text: string, tool?: ToolId): Promise<readonly string[]> {
  const findings = await lint(text, tool);
  return findings
    .filter(({rule}) => rule === 'syntax')
    .map(({what, start}) => `${what}: ${text.slice(Math.max(0, start - 60), start + 60)}`);
}

const wholes: readonly {readonly tool: ToolId; readonly before?: string}[] = [
  {tool: 'golang-migrate'},
  {tool: 'sql'},
  {tool: 'dbmate', before: '-- migrate:up\n'},
  {tool: 'goose', before: '-- +goose Up\n-- +goose StatementBegin\n'},
  {tool: 'flyway'},
  {tool: 'prisma'},
  {tool: 'node-pg-migrate', before: '-- Up Migration\n'},
];

describe("what PostgreSQL's documentation allows is no error", () => {
  it.each(files)('$name', async ({statements}) => {
    const wrong = await Promise.all(statements.map(sql => refused(sql)));
    expect(wrong.flat()).toEqual([]);
  });

  it.each(wholes)('as one file of $tool', async ({tool, before = ''}) => {
    // The rows of COPY FROM STDIN would follow it in a script of psql.
    const text = all.filter(sql => !/^COPY .*STDIN/.test(sql)).join(';\n');
    expect(await refused(`${before}${text};\n`, tool)).toEqual([]);
  });

  it('is tried for every command', () => {
    const missing = commands.filter(command => !all.some(sql => `${sql} `.startsWith(`${command} `)));
    expect(missing).toEqual([]);
    expect(all.length).toBeGreaterThan(600);
  });
});

const wrong: readonly (readonly [sql: string, at: string])[] = [
  ['CREATE TABLE t (a int,)', ')'],
  ['CREATE INDEX CONCURENTLY i ON t (a)', 'i'],
  ['ALTER TABLE t ADD COLUMN a', 'a'],
  ['SELEC 1', 'SELEC'],
  ["INSERT INTO t VALUES ('é', 1 2)", '2'],
  ['DROP TABLE t CASCADE CONSTRAINTS', 'CONSTRAINTS'],
  ['ALTER TABLE t MODIFY a bigint', 'MODIFY'],
];

it.each(wrong)('is an error at its token: %s', async (sql, at) => {
  const findings = (await lint(sql)).filter(({rule}) => rule === 'syntax');
  expect(findings.map(({start, end}) => sql.slice(start, end))).toEqual([at]);
});
