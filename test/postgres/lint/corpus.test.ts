import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {Client} from 'pg';
import {afterAll, expect, it} from 'vitest';
import type {Passage} from '../../../src/core/lint/file.ts';
import {readCorpus, type CorpusFile} from '../../lint/corpus-files.ts';
import {judge, requestOf} from '../../lint/corpus.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();

/** What PostgreSQL does not refuse: what fails by the rows that are there, by the tool, or only later. */
const elsewhere = new Set(['not-null-without-default', 'duplicate-version', 'transaction-uncommitted']);
/** What a server of the tests has not: roles, tablespaces, access methods, ways to compress. */
const missing =
  /^(?:(?:role|tablespace|access method) "\w+" does not exist|compression method lz4 not supported)/;
/** What a transaction that is rolled back would change. */
const alone =
  /\b(?:concurrently|vacuum|begin|commit|rollback|transaction|reindex|cluster|database|system)\b/i;

const files = await readCorpus();
const runnable = files.filter(({text, world}) => {
  const isSql = ['golang-migrate', 'flyway', 'prisma', 'dbmate', 'goose'].includes(world.get('tool') ?? '');
  return isSql && world.get('direction') !== 'down' && !/\$\{|\{\{|FROM stdin/i.test(text);
});

const made = new Map<string, Promise<TestDatabase>>();

afterAll(async () => {
  for (const database of made.values()) await (await database).drop();
});

it.each(runnable)('$kind/$name', async file => {
  const failure = await runOn(file);
  if (failure && missing.test(failure.message)) return;
  const {met} = await judge(file, files);
  const errors = met.filter(({finding: {severity, rule}}) => severity === 'error' && !elsewhere.has(rule));
  const told = errors.map(({finding}) => `${finding.rule}: ${finding.what}`);
  expect({fails: failure !== undefined}, [failure?.message, ...told].join()).toEqual({
    fails: errors.length > 0,
  });
});

async function runOn(
  file: CorpusFile,
): Promise<{readonly code: string; readonly message: string} | undefined> {
  const major = majors.find(each => String(each) === file.world.get('postgres')) ?? 18;
  const history = file.world.get('history') ?? '';
  const key = `${major} ${history}`;
  const template = made.get(key) ?? historyOn(major, history);
  made.set(key, template);
  const {url, name} = await template;
  const messages = await messagesFor(file);
  if (!alone.test(file.text)) return run(url, ['BEGIN', ...messages]);
  const copy = `${name}_copy`;
  const server = url.replace(name, 'postgres');
  await run(server, [`CREATE DATABASE "${copy}" TEMPLATE "${name}"`]);
  try {
    return await run(url.replace(name, copy), messages);
  } finally {
    await run(server, [`DROP DATABASE "${copy}" WITH (FORCE)`]);
  }
}

async function messagesFor(file: CorpusFile): Promise<readonly string[]> {
  const {document, tool} = await requestOf(file, files);
  const passages = tool.passages(document).filter(({direction}) => direction === 'up');
  return (await Promise.all(passages.map(messagesOf))).flat();
}

/** As the tool sends them. */
async function messagesOf({sql, sent, block}: Passage): Promise<readonly string[]> {
  if (sent === 'query' && block === undefined) return [sql];
  const parsed = await parser.parse(sql);
  const each = parsed.ok ? parsed.value.map(({start, end}) => sql.slice(start, end)) : [sql];
  const messages = sent === 'query' ? [sql] : each;
  return block === undefined || !alone.test(sql) ? messages : ['BEGIN', ...messages, 'COMMIT'];
}

async function historyOn(major: (typeof majors)[number], name: string): Promise<TestDatabase> {
  const database = await createDatabase(major, 'corpus');
  if (name)
    await database.sql(
      await readFile(join(import.meta.dirname, `../../lint/corpus/history/${name}.sql`), 'utf8'),
    );
  return database;
}

async function run(
  url: string,
  messages: readonly string[],
): Promise<{readonly code: string; readonly message: string} | undefined> {
  const client = new Client({connectionString: url});
  await client.connect();
  try {
    for (const message of messages) await client.query(message);
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return {code: String(error.code), message: error.message};
    throw error;
  } finally {
    await client.end();
  }
}
