import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import {runner} from 'node-pg-migrate';
import {Client} from 'pg';
import {parseConnectionUrl} from '../../src/core/connections/url.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Project} from '../../src/frameworks/framework.ts';
import {createFrameworks, detectProjects} from '../../src/frameworks/frameworks.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {openSession} from '../../src/postgres/connect.ts';
import type {TestServer} from '../rig/servers.ts';
import {median, milliseconds, type Figure} from './figure.ts';

const count = 1000;

/** The same 1,000 small migrations through Howdah and through node-pg-migrate's own runner, in turn. */
export async function measureApply(server: TestServer): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-bench-'));
  const ours = join(folder, 'golang-migrate');
  const theirs = join(folder, 'node-pg-migrate');
  await Promise.all([mkdir(ours), mkdir(theirs)]);
  for (let n = 1; n <= count; n += 1) {
    const name = String(n).padStart(6, '0');
    const up = `CREATE TABLE t_${name} (id int PRIMARY KEY, name text NOT NULL);\n`;
    const down = `DROP TABLE t_${name};\n`;
    await writeFile(join(ours, `${name}_t.up.sql`), up);
    await writeFile(join(ours, `${name}_t.down.sql`), down);
    await writeFile(join(theirs, `${name}_t.sql`), `-- Up Migration\n${up}-- Down Migration\n${down}`);
  }
  const howdah: number[] = [];
  const nodePgMigrate: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    howdah.push(await inDatabase(server, `howdah_${round}`, url => applyHere(ours, url)));
    nodePgMigrate.push(await inDatabase(server, `npm_${round}`, url => applyThere(theirs, url)));
  }
  await rm(folder, {recursive: true});
  const ratio = median(howdah) / median(nodePgMigrate);
  return [
    {what: `apply ${count} migrations`, measured: milliseconds(median(howdah))},
    {what: `apply ${count} migrations with node-pg-migrate`, measured: milliseconds(median(nodePgMigrate))},
    {what: 'ratio', measured: ratio.toFixed(2), goal: '≤ 1'},
  ];
}

async function inDatabase(
  server: TestServer,
  name: string,
  apply: (url: string) => Promise<void>,
): Promise<number> {
  const admin = new Client({connectionString: server.url()});
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const begun = performance.now();
  await apply(server.url(name));
  return performance.now() - begun;
}

async function applyHere(folder: string, url: string): Promise<void> {
  const {settings, password = ''} = value(parseConnectionUrl(url));
  const open = (): ReturnType<typeof openSession> =>
    openSession(settings, {password, readOnly: false, applicationName: 'bench', home: homedir()});
  const session = value(await open());
  const project = await projectIn(folder);
  const status = value(await project.status(session, {}));
  const plan = value(await project.plan(status, {kind: 'apply-all'}, {}));
  const report = value(await project.run(session, plan, {}, {lockTimeout: 0, statementTimeout: 0}, open));
  if (report.done.length !== count) throw new Error(report.words);
  await session.close();
}

async function projectIn(folder: string): Promise<Project> {
  const files = {roots: [folder], find: async () => (await readdir(folder)).map(name => join(folder, name))};
  const [project] = await detectProjects(createFrameworks({parser: createParser()}), files);
  if (!project) throw new Error('no project');
  return project;
}

async function applyThere(folder: string, url: string): Promise<void> {
  const done = await runner({
    databaseUrl: url,
    dir: folder,
    direction: 'up',
    migrationsTable: 'pgmigrations',
    singleTransaction: true,
    logger: {debug: ignore, info: ignore, warn: ignore, error: ignore},
  });
  if (done.length !== count) throw new Error('node-pg-migrate did not apply everything');
}

function ignore(): void {}

function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}
