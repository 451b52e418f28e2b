import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import {suggestAnswer, type Template} from '../../src/core/migrations/template.ts';
import {createFromTemplate} from '../../src/frameworks/create-from-template.ts';
import type {OpenEnvironment} from '../../src/frameworks/framework.ts';
import {loadTemplates} from '../../src/frameworks/templates.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {alembicFixture} from './alembic-fixture.ts';
import {dbmateFixture} from './dbmate-fixture.ts';
import type {Fixture} from './fixture.ts';
import {golangFixture} from './golang-fixture.ts';
import {gooseFixture} from './goose-fixture.ts';
import {nodePgMigrateFixture} from './node-pg-migrate-fixture.ts';
import {prismaFixture, type PrismaFixture} from './prisma-fixture.ts';
import {makeRunner} from './node-pg-migrate-runner.ts';
import {must} from './sessions.ts';

const shipped = join(import.meta.dirname, '../../migrations-templates/sql');

/** What the templates need to be there. */
const before = `
CREATE SCHEMA sales;
CREATE TABLE sales."Order" (id bigint PRIMARY KEY, tenant_id bigint, customer_id bigint, note text);
CREATE TABLE customer (id bigint PRIMARY KEY);
CREATE TYPE mood AS ENUM ('good');
INSERT INTO sales."Order" SELECT g, 1 FROM generate_series(1, 25000) AS g;
`;

interface Case {
  readonly id: string;
  readonly title: string;
  readonly answers: Readonly<Record<string, string>>;
  /** True once the template has run up. */
  readonly check: string;
  /** What `check` says after down: what cannot be undone stays. */
  readonly stays?: true;
}

const order = {table: 'sales.Order'};
const cases: readonly Case[] = [
  {id: 'blank', title: 'Nothing yet', answers: {}, check: 'true', stays: true},
  {id: 'create-table', title: 'Create invoice', answers: {}, check: `to_regclass('invoice') IS NOT NULL`},
  {
    id: 'add-column',
    title: 'Add email to customer',
    answers: {},
    check: `EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'customer'::regclass AND attname = 'email')`,
  },
  {
    id: 'add-index-concurrently',
    title: 'Index orders',
    answers: {...order, columns: 'lower(note), id'},
    check: `EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('sales."Order_lower_note_id_idx"') AND indisvalid)`,
  },
  {
    id: 'add-foreign-key',
    title: 'Add customer fk to order',
    answers: {...order, target: 'customer', column: 'customer_id'},
    check: `EXISTS (SELECT FROM pg_constraint WHERE conname = 'Order_customer_id_fkey' AND convalidated)`,
  },
  {
    id: 'row-level-security',
    title: 'RLS on orders',
    answers: order,
    check: `EXISTS (SELECT FROM pg_policies WHERE schemaname = 'sales' AND policyname = 'Order_tenant')
      AND (SELECT relrowsecurity FROM pg_class WHERE oid = 'sales."Order"'::regclass)`,
  },
  {
    id: 'enum-value',
    title: 'Add fair to mood',
    answers: {value: "it's fair"},
    check: `'it''s fair' = ANY (enum_range(NULL::mood)::text[])`,
    stays: true,
  },
  {
    id: 'backfill-in-batches',
    title: 'Backfill note in orders',
    answers: {...order, expression: `'n' || id`},
    check: `NOT EXISTS (SELECT FROM sales."Order" WHERE note IS DISTINCT FROM 'n' || id)`,
    stays: true,
  },
];

type Tried = Fixture & {readonly database: TestDatabase; readonly environment?: OpenEnvironment};

beforeAll(makeRunner);

/** Its interpreter connects by itself. */
async function connectedAlembic(): Promise<Tried> {
  const fixture = await alembicFixture(17);
  return {...fixture, environment: fixture.variables};
}

/** It begins with nothing but an empty database. */
async function startedPrisma(): Promise<PrismaFixture> {
  const fixture = await prismaFixture(17);
  await fixture.write(1, 'good');
  const session = must(await fixture.open());
  await apply(fixture, session, 'apply-all');
  await session.close();
  return fixture;
}

async function apply(
  {project, options, open, environment}: Tried,
  session: Session,
  kind: 'apply-all' | 'roll-back-all',
): Promise<void> {
  const status = must(await project.status(session, options));
  const plan = must(await project.plan(status, {kind}, options));
  const run = {lockTimeout: 0, statementTimeout: 0, ...(environment ? {environment} : {})};
  const report = must(await project.run(session, plan, options, run, open));
  expect(report.stopped).toBeUndefined();
}

const tools: readonly (readonly [name: string, make: () => Promise<Tried>])[] = [
  ['golang-migrate on PostgreSQL 14', () => golangFixture(14)],
  ['golang-migrate on PostgreSQL 18', () => golangFixture(18)],
  ['dbmate', () => dbmateFixture(17)],
  ['goose', () => gooseFixture(17)],
  ['node-pg-migrate', () => nodePgMigrateFixture(17, {installed: true})],
  ['Prisma', startedPrisma],
  ['Alembic', connectedAlembic],
];

describe.each(tools)('the templates with %s', (_, make) => {
  it.each(cases)('$id: up, down, up', async ({id, title, answers, check, stays}) => {
    const fixture = await make();
    await fixture.database.sql(before);
    const template = must(await loadTemplates([shipped])).find(candidate => candidate.id === id);
    if (template === undefined) throw new Error(`no template ${id}`);
    must(
      await createFromTemplate(fixture.project, template, {
        title,
        answers: answersOf(template, title, answers),
        now: new Date(),
      }),
    );
    const session = must(await fixture.open());
    const back = ['roll-back-all', 'apply-all'] as const;
    for (const kind of ['apply-all', ...(fixture.project.can.rollBack ? back : [])] as const) {
      await apply(fixture, session, kind);
      const [shown] = await fixture.database.sql(`SELECT (${check}) AS done`);
      expect(shown).toEqual({done: kind === 'apply-all' || stays === true});
    }
    await session.close();
    await fixture.dispose();
  });
});

/** As a user does who takes every suggestion. */
function answersOf(template: Template, title: string, given: Readonly<Record<string, string>>) {
  const answers: Record<string, string> = {};
  for (const prompt of template.prompts)
    answers[prompt.name] = given[prompt.name] ?? suggestAnswer(prompt, title, answers);
  return answers;
}

it('tests every template that is shipped', async () => {
  const ids = must(await loadTemplates([shipped])).map(({id}) => id);
  expect(ids).toEqual(cases.map(({id}) => id));
});

describe('templates of a project', () => {
  const own = async (manifest: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'howdah-templates-'));
    await mkdir(join(folder, 'blank'));
    await writeFile(join(folder, 'blank', 'template.json'), manifest);
    await writeFile(join(folder, 'blank', 'up.sql'), 'SELECT 1;\n');
    await writeFile(join(folder, 'blank', 'down.sql'), 'SELECT 2;\n');
    return folder;
  };

  it('replace those of the same name and stand beside the others', async () => {
    const templates = must(
      await loadTemplates([shipped, await own('{"title": "Our blank"}'), '/nonexistent']),
    );
    expect(templates).toHaveLength(cases.length);
    expect(templates.find(({id}) => id === 'blank')).toMatchObject({
      title: 'Our blank',
      migrations: [{title: '{{title}}', up: 'SELECT 1;\n', down: 'SELECT 2;\n'}],
    });
  });

  it.each([
    ['{', 'invalid-input'],
    ['[]', 'invalid-input'],
    ['{"title": ""}', 'invalid-input'],
    ['{"title": "x", "prompts": [{"name": "a", "label": "A", "fromTitle": ["("]}]}', 'invalid-input'],
    ['{"title": "x", "migrations": [{"up": "../up.sql", "down": "down.sql"}]}', 'invalid-input'],
    ['{"title": "x", "migrations": [{"up": "absent.sql", "down": "down.sql"}]}', 'unreadable-file'],
  ])('are refused with a reason: %s', async (manifest, reason) =>
    expect(await loadTemplates([await own(manifest)])).toMatchObject({
      failure: {reason, message: expect.stringContaining('blank')},
    }),
  );
});
