import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join, relative} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {filesIn} from '../../src/cli/files.ts';
import {readSeries, type Series} from '../../src/cli/lint/series.ts';
import {discoverConnections} from '../../src/connections/discover.ts';
import {createLinter, type LintRequest} from '../../src/core/lint/engine.ts';
import {createParseCache} from '../../src/core/lint/parse-cache.ts';
import {placeOfFile} from '../../src/core/lint/project-files.ts';
import {rules} from '../../src/core/lint/rules.ts';
import {defaultLintSettings} from '../../src/core/lint/settings.ts';
import type {Goal} from '../../src/core/migrations/plan.ts';
import type {Session} from '../../src/core/session.ts';
import {createFrameworks, detectProjects} from '../../src/frameworks/frameworks.ts';
import type {Project} from '../../src/frameworks/framework.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {objects} from '../embedded/sample-shop.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {copyRepository, repositories} from '../rig/repositories.ts';
import {ends} from '../rig/servers.ts';
import {variablesFor} from './alembic-fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {must, openTo} from './sessions.ts';

const parser = createParser();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-repository-'));
});

afterEach(() => rm(folder, {recursive: true, force: true}));

async function projectsHere(): Promise<readonly Project[]> {
  return detectProjects(createFrameworks({parser}), filesIn([folder]));
}

async function theProject(): Promise<Project> {
  const [project] = await projectsHere();
  if (!project) throw new Error('no project');
  return project;
}

async function go(project: Project, session: Session, database: TestDatabase, goal: Goal): Promise<number> {
  const environment = variablesFor(database);
  const status = must(await project.status(session, {}, {environment}));
  const plan = must(await project.plan(status, goal, {}));
  const run = {lockTimeout: 0, statementTimeout: 0, environment};
  const report = must(await project.run(session, plan, {}, run, () => openTo(database)));
  if (report.stopped) throw new Error(`${report.stopped.step.path}: ${report.stopped.failure.message}`);
  const {migrations} = must(await project.status(session, {}, {environment}));
  return migrations.filter(({state}) => state.kind === 'pending').length;
}

async function requestFor(path: string, {files, texts, tool, model}: Series): Promise<LintRequest> {
  const place = placeOfFile(path, files);
  const textOf = (of: string) => ({path: of, text: texts.get(of) ?? ''});
  return {
    document: textOf(path),
    tool,
    settings: defaultLintSettings,
    state: 'pending',
    history: place?.history ?? {},
    before: await model.kept(place?.migration?.up ?? path),
    last: await model.last(),
    ...(place?.counterpart === undefined ? {} : {counterpart: textOf(place.counterpart)}),
  };
}

describe.each(repositories)(
  'the repository $name',
  ({name, framework, folder: migrations, count, connection, warnings}) => {
    it('is known by its tool, its files and its address', async () => {
      await copyRepository(name, folder, {port: 54321, name: 'shelf'});
      const projects = await projectsHere();
      expect(projects.map(project => [project.framework, relative(folder, project.folder)])).toEqual([
        [framework, migrations],
      ]);
      const history = must(await (await theProject()).list());
      expect(history.problems).toEqual([]);
      expect(history.migrations).toHaveLength(count);
      expect(history.migrations.filter(({up, down}) => up === undefined || down === undefined)).toEqual([]);
      const machine = {home: folder, user: 'somebody', env: {}, platform: 'linux'};
      const found = await discoverConnections(filesIn([folder]), machine);
      expect(found).toEqual([
        expect.objectContaining({
          kind: 'found',
          connection: expect.objectContaining({
            name: connection,
            settings: expect.objectContaining({
              database: 'shelf',
              endpoints: [expect.objectContaining({host: 'localhost', port: 54321})],
            }),
          }),
        }),
      ]);
    });

    it.each(framework === 'alembic' ? [18 as const] : ends)(
      'goes up, down and up again on PostgreSQL %i',
      async major => {
        const database = await lendDatabase(major);
        await copyRepository(name, folder, database);
        const project = await theProject();
        const session = must(await openTo(database));
        const before = await objects(session);
        expect(await go(project, session, database, {kind: 'apply-all'})).toBe(0);
        const up = await objects(session);
        expect(up.length).toBeGreaterThan(before.length + 50);
        expect(await go(project, session, database, {kind: 'roll-back-all'})).toBe(count);
        expect(await objects(session)).toEqual(before);
        expect(await go(project, session, database, {kind: 'apply-all'})).toBe(0);
        expect(await objects(session)).toEqual(up);
        await session.close();
        await database.drop();
      },
    );

    it('can be shown and rehearsed, because each direction has statements', async () => {
      await copyRepository(name, folder, {port: 54321, name: 'shelf'});
      const project = await theProject();
      const {migrations: all} = must(await project.list());
      for (const migration of [all[0], all.at(-1)]) {
        if (!migration) throw new Error('no migration');
        for (const direction of ['up', 'down'] as const) {
          const {sql} = must(await project.script(migration, direction, {}));
          expect(sql).toMatch(direction === 'up' ? /CREATE|ALTER|INSERT/ : /DROP|DELETE/);
        }
      }
    });

    it('is linted without a false word', async () => {
      await copyRepository(name, folder, {port: 54321, name: 'shelf'});
      const cache = createParseCache(parser);
      const linter = createLinter(parser, rules, cache);
      const series = must(await readSeries(await theProject(), {}, {cache, now: new Date(0)}));
      expect(series.paths.length).toBe(framework === 'alembic' ? count : 2 * count);
      const found = new Set<string>();
      for (const path of series.paths) {
        const {findings} = await linter.lint(await requestFor(path, series));
        for (const {rule, severity} of findings)
          if (severity === 'error' || severity === 'warning') found.add(`${basename(path)}: ${rule}`);
      }
      expect([...found].toSorted()).toEqual(warnings);
    });
  },
);
