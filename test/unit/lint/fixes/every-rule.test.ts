import {describe, expect, it} from 'vitest';
import {loadRules} from '../../../../scripts/rules/load-rules.ts';
import {unmarked} from '../../../../scripts/rules/run-example.ts';
import {createLinter} from '../../../../src/core/lint/engine.ts';
import type {Finding, Fix} from '../../../../src/core/lint/finding.ts';
import {makeStatement} from '../../../../src/core/lint/make-statement.ts';
import {createModel, type Model} from '../../../../src/core/lint/model/model.ts';
import type {Rule} from '../../../../src/core/lint/rule.ts';
import {rule as concurrently} from '../../../../src/core/lint/rules/concurrently-in-transaction.ts';
import {defaultLintSettings} from '../../../../src/core/lint/settings.ts';
import {draftFiles} from '../../../../src/core/lint/tools/draft-files.ts';
import type {ToolDocument, ToolId} from '../../../../src/core/lint/tools/tool.ts';
import {toolNamed} from '../../../../src/core/lint/tools/tools.ts';
import {cache, parser} from '../engine/rig.ts';
import {edited, paths} from './rig.ts';

/** A text of SQL as each tool has it in an up migration. */
const wrapped: Readonly<Record<string, (sql: string) => ToolDocument & {readonly tool: ToolId}>> = {
  'golang-migrate': sql => ({tool: 'golang-migrate', path: paths['golang-migrate'], text: sql}),
  dbmate: sql => ({
    tool: 'dbmate',
    path: paths.dbmate,
    text: `-- migrate:up\n${sql}\n-- migrate:down\nSELECT 1;\n`,
  }),
  goose: sql => ({
    tool: 'goose',
    path: paths.goose,
    text: `-- +goose Up\n${sql.includes('$$') ? `-- +goose StatementBegin\n${sql}\n-- +goose StatementEnd` : sql}\n-- +goose Down\nSELECT 1;\n`,
  }),
  flyway: sql => ({tool: 'flyway', path: paths.flyway, text: sql}),
  prisma: sql => ({tool: 'prisma', path: paths.prisma, text: sql}),
  'node-pg-migrate': sql => ({
    tool: 'node-pg-migrate',
    path: paths['node-pg-migrate'],
    text: `-- Up Migration\n${sql}\n`,
  }),
  'psql, in a transaction': sql => ({
    tool: 'sql',
    path: paths.sql,
    text: `BEGIN;\n${sql.replace(/;?\s*$/, ';')}\nCOMMIT;\n`,
  }),
  psql: sql => ({tool: 'sql', path: paths.sql, text: sql}),
  Alembic: sql => ({
    tool: 'alembic',
    path: paths.alembic,
    text: `def upgrade():\n    op.execute("""${sql.replaceAll('\\', '\\\\')}""")\n\n\ndef downgrade():\n    pass\n`,
  }),
  'a program': sql => ({
    tool: 'node-pg-migrate',
    path: '/m/1_b.ts',
    text: `export const up = (pgm) => {\n  pgm.sql(\`${sql.replaceAll(/[\\`$]/g, '\\$&')}\`);\n};\n`,
  }),
  'golang-migrate, down': sql => ({tool: 'golang-migrate', path: '/m/000002_b.down.sql', text: sql}),
  'dbmate, down': sql => ({
    tool: 'dbmate',
    path: paths.dbmate,
    text: `-- migrate:up\nSELECT 1;\n-- migrate:down\n${sql}\n`,
  }),
  'goose, down': sql => ({
    tool: 'goose',
    path: paths.goose,
    text: `-- +goose Up\nSELECT 1;\n-- +goose Down\n${sql.includes('$$') ? `-- +goose StatementBegin\n${sql}\n-- +goose StatementEnd` : sql}\n`,
  }),
  Windows: sql => ({
    tool: 'golang-migrate',
    path: paths['golang-migrate'],
    text: sql.replaceAll('\n', '\r\n'),
  }),
};

const models = new Map<string, Promise<Model>>();

/** Linting leaves it as it is. */
function modelOf(history: string): Promise<Model> {
  const model = models.get(history) ?? modelAfter(history);
  models.set(history, model);
  return model;
}

async function modelAfter(history: string): Promise<Model> {
  const model = createModel();
  const parsed = await parser.parse(history);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  for (const statement of parsed.value) model.apply(makeStatement(history, statement));
  return model;
}

async function findings(
  document: ToolDocument & {readonly tool: ToolId},
  rule: Rule,
  before: Model,
): Promise<readonly Finding[]> {
  const linter = createLinter(parser, [rule], cache);
  const {findings: all} = await linter.lint({
    document,
    tool: toolNamed(document.tool),
    state: 'unknown',
    history: {label: '000002', freeLabel: '000003'},
    before,
    settings: defaultLintSettings,
  });
  return all.filter(finding => finding.rule === rule.id);
}

const examples = (await loadRules()).flatMap(({id, rule, proof}) =>
  rule && proof
    ? proof.fires.map(example => ({
        direction: example.direction ?? 'both',
        id,
        name: example.name,
        rule,
        sql: unmarked(example.sql).text,
        history: example.history ?? '',
      }))
    : [],
);

describe.each(Object.keys(wrapped))('fixes of every rule for %s', name => {
  const isDown = name.endsWith('down');
  it.each(examples.filter(({direction}) => direction !== (isDown ? 'up' : 'down')))(
    '$id: $name',
    async ({rule, sql, history}) => {
      const document = wrapped[name]?.(sql);
      if (!document) throw new Error(name);
      const before = await modelOf(history);
      const fixes = (await findings(document, rule, before)).flatMap(finding => finding.fixes);
      const had = fixes.length > 0 ? await failing(document, before) : 0;
      for (const fix of fixes) {
        await check(document, fix, before, had);
        if (isDown) expect(fix.adds).toEqual([]);
      }
    },
  );
});

function failing(document: ToolDocument & {readonly tool: ToolId}, before: Model): Promise<number> {
  return findings(document, concurrently, before).then(({length}) => length);
}

/** What a fix leaves, and what it adds, can be read by the tool, parses, and has nothing in a transaction that may not be. */
async function check(
  document: ToolDocument & {readonly tool: ToolId},
  fix: Fix,
  before: Model,
  had: number,
): Promise<void> {
  const {tool, path} = document;
  const after = {...document, text: edited(document, fix.edits)};
  const names = [path.split('/').at(tool === 'prisma' ? -2 : -1) ?? ''];
  const added = draftFiles(tool, fix.adds, {path, names, now: new Date()}) ?? [];
  const texts = fix.adds.flatMap(({up, down}) => [up, down]);
  for (const each of [after, ...added]) {
    const passages = toolNamed(tool).passages(each);
    texts.push(...passages.map(({sql}) => sql));
    if (fix.renamesTo === undefined && passages.length > 0)
      expect(passages[0]?.sql.replaceAll(/--[^\n]*/g, '').trim(), each.text).not.toBe('');
  }
  for (const sql of texts) expect((await cache.parse(sql)).error, sql).toBeUndefined();
  expect(await failing(after, before), after.text).toBeLessThanOrEqual(had);
  for (const each of added) expect(await failing({...each, tool}, before), each.text).toBe(0);
  if (document.text.includes('\r\n')) expect(after.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
}
