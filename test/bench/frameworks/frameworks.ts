import {mkdtemp, rm} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import {Client} from 'pg';
import {filesIn} from '../../../src/cli/files.ts';
import {programEnvironment} from '../../../src/core/connections/program-environment.ts';
import {parseConnectionUrl} from '../../../src/core/connections/url.ts';
import type {Status} from '../../../src/core/migrations/migration.ts';
import {ok, type Outcome} from '../../../src/core/outcome.ts';
import type {OpenEnvironment, OpenSession, Project} from '../../../src/frameworks/framework.ts';
import {createFrameworks, detectProjects} from '../../../src/frameworks/frameworks.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {openSession} from '../../../src/postgres/connect.ts';
import type {TestServer} from '../../rig/servers.ts';
import {median, milliseconds, type Figure} from '../figure.ts';
import {watchTurns} from '../turns.ts';
import {tools, writeRepository, type Repository} from './repositories.ts';
import {applyByTool} from './yardsticks.ts';

const many = 5000;
const applied = 1000;
const revisions = 2000;
const rounds = 3;

/** Opens and applies large repositories of every tool, and applies them with the tool's own command line in turn. */
export async function measureFrameworks(server: TestServer): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-bench-'));
  const figures: Figure[] = [];
  for (const tool of tools) {
    figures.push(...(await measureOpening(server, await writeRepository(folder, tool, many))));
    figures.push(...(await measureApplying(server, await writeRepository(folder, tool, applied))));
  }
  figures.push(await measureGraph(await writeRepository(folder, 'alembic', revisions)));
  await rm(folder, {recursive: true});
  return figures;
}

/** From nothing to the states of all migrations: found, listed, compared with the database; planned, and recorded. */
async function measureOpening(server: TestServer, repository: Repository): Promise<readonly Figure[]> {
  const {open, environment} = await databaseFor(server, `open_${repository.tool}`);
  const session = value(await open());
  const begun = performance.now();
  const found = await watchTurns(() => projectIn(repository));
  const project = found.value;
  const read = async (): Promise<Status> => value(await project.status(session, {}, {environment}));
  const status = await watchTurns(read);
  const taken = performance.now() - begun;
  const {migrations} = status.value;
  const last = migrations.at(-1)?.migration.id;
  if (migrations.length !== many || last === undefined) throw new Error(`${migrations.length} migrations`);
  const planned = await watchTurns(() => project.plan(status.value, {kind: 'apply-all'}, {}));
  const run = {lockTimeout: 0, statementTimeout: 0, environment};
  const recorded = await watchTurns(() => project.force(session, {kind: 'at', id: last}, {}, run, open));
  const known = await watchTurns(read);
  await session.close();
  value(recorded.value);
  const what = `${repository.tool}: ${many} migrations`;
  const turn = (of: string, ...turns: readonly {readonly longest: number}[]): Figure => ({
    what: `${what} ${of}, longest turn (CPU)`,
    measured: milliseconds(Math.max(...turns.map(({longest}) => longest))),
    goal: '≤ 50 ms',
  });
  return [
    {what: `${what} opened`, measured: milliseconds(taken), goal: '≤ 1 s'},
    turn('found', found),
    turn('read', status, known),
    turn('planned', planned),
    turn('recorded', recorded),
  ];
}

async function measureApplying(server: TestServer, repository: Repository): Promise<readonly Figure[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await applyHere(repository, await databaseFor(server, `ours_${repository.tool}_${round}`)));
    const target = await databaseFor(server, `theirs_${repository.tool}_${round}`);
    const taken = await applyByTool(repository, target.url, value(await target.environment()));
    if (taken !== undefined) theirs.push(taken);
  }
  const what = `${repository.tool}: ${applied} migrations applied`;
  const own: Figure = {what, measured: milliseconds(median(ours))};
  if (theirs.length === 0) return [own];
  const ratio = (median(ours) / median(theirs)).toFixed(2);
  const measured = `${milliseconds(median(theirs))}, ratio ${ratio}`;
  return [own, {what: `${what} by its own command line`, measured, goal: 'ratio ≤ 1'}];
}

async function applyHere(repository: Repository, {open, environment}: Target): Promise<number> {
  const begun = performance.now();
  const session = value(await open());
  const project = await projectIn(repository);
  const status = value(await project.status(session, {}, {environment}));
  const plan = value(await project.plan(status, {kind: 'apply-all'}, {}));
  const run = {lockTimeout: 0, statementTimeout: 0, environment};
  const report = value(await project.run(session, plan, {}, run, open));
  await session.close();
  if (report.done.length !== applied) throw new Error(report.words);
  return performance.now() - begun;
}

async function measureGraph(repository: Repository): Promise<Figure> {
  const project = await projectIn(repository);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    value(await project.list());
    times.push(performance.now() - begun);
  }
  const measured = `${milliseconds(times[0] ?? Number.NaN)}, again ${milliseconds(median(times.slice(1)))}`;
  return {what: `a graph of ${revisions} Alembic revisions`, measured, goal: '≤ 300 ms'};
}

async function projectIn({root, tool}: Repository): Promise<Project> {
  const projects = await detectProjects(createFrameworks({parser: createParser()}), filesIn([root]));
  const [project] = projects;
  if (project?.framework !== tool) throw new Error(`${tool} was not found in ${root}`);
  return project;
}

interface Target {
  readonly url: string;
  readonly open: OpenSession;
  readonly environment: OpenEnvironment;
}

async function databaseFor(server: TestServer, name: string): Promise<Target> {
  const database = name.replaceAll('-', '_');
  const admin = new Client({connectionString: server.url()});
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const url = server.url(database);
  const {settings, password = ''} = value(parseConnectionUrl(url));
  return {
    url,
    open: () => openSession(settings, {password, readOnly: false, applicationName: 'bench', home: homedir()}),
    environment: async () => ok(programEnvironment(settings, {password}, {readOnly: false})),
  };
}

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}
