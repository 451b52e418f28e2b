import {access, cp, mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import type {ConnectionSettings} from '../src/core/connections/connection.ts';
import type {Outcome} from '../src/core/outcome.ts';
import type {Session} from '../src/core/session.ts';
import {addressOf, startPlayground, type Playground} from '../src/embedded/playground.ts';
import {createProject} from '../src/frameworks/golang-migrate/project.ts';
import {createParser} from '../src/parser/libpg-query.ts';
import {openSession} from '../src/postgres/connect.ts';

const root = join(import.meta.dirname, '..');

/** The version to leave the sample at: the next one is there to be looked at. */
const applied = '11';

/** Where the sample's database is. */
export interface SampleTarget {
  readonly settings: ConnectionSettings;
  readonly password?: string;
}

/**
 * Makes a working copy of `sample/shop`, applies its migrations but the last one through the golang-migrate framework,
 * and fills in the seed rows. What is there already is left as it is, so that work on the sample survives a restart.
 */
export async function prepareSample(folder: string, target: SampleTarget): Promise<void> {
  const isNew = await access(folder).then(
    () => false,
    () => true,
  );
  if (isNew) await cp(join(root, 'sample/shop'), folder, {recursive: true});
  const open = (): Promise<Outcome<Session>> =>
    openSession(target.settings, {
      ...(target.password === undefined ? {} : {password: target.password}),
      readOnly: false,
      applicationName: 'howdah sample',
      home: homedir(),
    });
  const session = must(await open());
  try {
    await migrate(join(folder, 'db/migrations'), session, open);
    const empty = must(await session.query('SELECT NOT EXISTS (SELECT FROM customers) AS empty'));
    if (empty.rows[0]?.['empty'] === true)
      must(await session.script(await readFile(join(folder, 'db/seed.sql'), 'utf8')));
  } finally {
    await session.close();
  }
}

/** Only a database without a version is migrated: elsewhere the user has taken over. */
async function migrate(
  migrations: string,
  session: Session,
  reopen: () => Promise<Outcome<Session>>,
): Promise<void> {
  const project = createProject(migrations, createParser());
  const status = must(await project.status(session, {}));
  if (status.position.kind !== 'none') return;
  const plan = must(await project.plan(status, {kind: 'apply-to', id: applied}, {}));
  const report = must(await project.run(session, plan, {}, {lockTimeout: 0, statementTimeout: 0}, reopen));
  if (report.stopped) throw new Error(report.words);
}

function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  const {message, advice} = outcome.failure;
  throw new Error(advice === undefined ? message : `${message} ${advice}`);
}

/** The address changes with every start, since the socket's folder does. */
async function writeAddress(folder: string, playground: Playground): Promise<void> {
  const file = join(folder, '.env');
  const before = await readFile(file, 'utf8').catch(() => '');
  const others = before.split('\n').filter(line => line !== '' && !line.startsWith('DATABASE_URL='));
  await writeFile(file, [`DATABASE_URL=${addressOf(playground)}`, ...others, ''].join('\n'), {mode: 0o600});
}

/**
 * Run as a program: starts the embedded PostgreSQL with the sample, prints `ready <folder>`, and serves until SIGTERM.
 * `--fresh` throws away what an earlier run left.
 */
async function main(): Promise<void> {
  const base = join(root, '.cache/sample');
  const [folder, dataFolder] = [join(base, 'shop'), join(base, 'playground')];
  if (process.argv.includes('--fresh')) await rm(base, {recursive: true, force: true});
  await mkdir(base, {recursive: true});
  const playground = must(
    await startPlayground({
      serverScript: join(root, 'dist/embedded/server.mjs'),
      dataFolder,
      onExit: ({message}) => {
        console.error(message);
        process.exit(1);
      },
    }),
  );
  const end = async (): Promise<void> => {
    await playground.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end());
  process.on('disconnect', () => void end());
  await prepareSample(folder, playground);
  await writeAddress(folder, playground);
  console.log(`ready ${folder}`);
}

if (import.meta.main) await main();
