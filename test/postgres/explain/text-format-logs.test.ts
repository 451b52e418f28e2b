import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import type {Session} from '../../../src/core/session.ts';
import {startDebianServer} from '../../rig/debian-server.ts';
import {startServer, type Major} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

/*
 * Servers of their own write what auto_explain finds into their logs, among all other lines that a server logs. That of
 * 15 is Debian's and has a logging collector: to stderr, as CSV and as JSON it writes three texts of the same
 * executions, which have to give the same plans.
 */

const fake = `duration: 1.000 ms  plan:
	Query Text: select 1
Seq Scan on nothing  (cost=0.00..1.00 rows=1 width=1)
  Filter: (a = 1)`;

const statements = [
  'select 1',
  `select count(*)\n\n\tfrom notes -- "a", 'b\n where note <> 'it''s "here"' and id > 0`,
  `/* ${fake} */ select id from notes\n  where note = 'a\nb' order by note`,
  `select * from notes n join notes m using (id) where n.note > E'\\\\ \\t #011 |'`,
  `with "a: b" as materialized (select 1 as x) select * from "a: b", "a: b" b`,
];

const prefixes = [
  '',
  '%m [%p] ',
  '%t:%r:%u@%d:[%p]: ',
  '<%n %q%a> ',
  '%m [%p]: [%l-1] user=%u,db=%d,client=%h ',
];

const logging = [
  'shared_preload_libraries=auto_explain',
  'log_min_messages=debug1',
  'log_statement=all',
  'log_duration=on',
  'compute_query_id=on',
  'auto_explain.log_analyze=on',
  'auto_explain.log_buffers=on',
  'auto_explain.log_verbose=on',
];

interface LoggingServer {
  readonly url: string;
  readonly port: number;
  /** By kind, all that was logged. */
  logs(): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

async function startLogging(major: Major): Promise<LoggingServer> {
  if (major === 15) return startCollecting();
  const server = await startServer(major, {flags: logging});
  return {
    url: server.url(),
    port: server.port,
    logs: () => Promise.resolve({stderr: server.log.join('')}),
    stop: () => server.stop(),
  };
}

async function startCollecting(): Promise<LoggingServer> {
  const collector = ['logging_collector=on', 'log_destination=stderr,csvlog,jsonlog', 'log_filename=p.log'];
  const server = await startDebianServer([...logging, ...collector]);
  const session = await openFor(server);
  const [data = ''] = value(await session.texts('show data_directory'));
  await session.close();
  const log = (kind: string): Promise<string> => readFile(join(data, 'log', `p.${kind}`), 'utf8');
  return {
    url: server.url(),
    port: server.port,
    logs: async () => ({stderr: await log('log'), csv: await log('csv'), json: await log('json')}),
    stop: () => server.stop(),
  };
}

describe.each<Major>([14, 15, 18])('the logs of PostgreSQL %i', major => {
  let server: LoggingServer;
  let session: Session;
  let markers = 0;

  beforeAll(async () => {
    server = await startLogging(major);
    session = await openFor(server);
    value(
      await session.script(`create table notes (id int, note text);
        insert into notes select g, g from generate_series(1, 200) g;
        create function counted() returns bigint language plpgsql as 'begin return (select count(*) from notes); end'`),
    );
  });
  afterAll(async () => {
    await session?.close();
    await server?.stop();
  });

  /** @returns by kind, what is logged while something runs */
  async function logged(work: () => Promise<unknown>): Promise<Readonly<Record<string, string>>> {
    const before = await server.logs();
    await work();
    markers += 1;
    const marker = `end of part ${markers}`;
    value(await session.script(`do $$ begin raise log '${marker}'; end $$`));
    const isThere = async (): Promise<boolean> => {
      const logs = Object.values(await server.logs());
      return logs.every(log => log.includes(`${marker}'`) && log.split(marker).length > 2);
    };
    await expect.poll(isThere).toBe(true);
    return Object.fromEntries(
      Object.entries(await server.logs()).map(([kind, log]) => [kind, log.slice(before[kind]?.length)]),
    );
  }

  async function run(prefix: string, format: string): Promise<Readonly<Record<string, string>>> {
    value(await session.script(`alter system set log_line_prefix = '${prefix}'`));
    value(await session.script('select pg_reload_conf(); select pg_sleep(0.2)'));
    value(await session.script(`set auto_explain.log_format = ${format}`));
    return logged(async () => {
      value(await session.script('set auto_explain.log_min_duration = 0'));
      for (const sql of statements) value(await session.script(sql));
      await session.script('select no_such_column');
      value(await session.query('select note from notes where id = $1', [7]));
      value(await session.script('set auto_explain.log_min_duration = -1'));
    });
  }

  it.each(prefixes.flatMap(prefix => ['text', 'json'].map(format => ({prefix, format}))))(
    'give their plans: prefix "$prefix", plans as $format',
    async ({prefix, format}) => {
      const logs = await run(prefix, format);
      const plans = value(readPlans(logs['stderr'] ?? ''));
      expect(plans.map(({queryText}) => queryText)).toEqual([
        ...statements,
        'select note from notes where id = $1',
      ]);
      expect(plans.every(plan => plan.format === format && plan.analyzed)).toBe(true);
      expect(plans.map(({nodes}) => nodes.length)).toEqual([1, 2, 1, expect.any(Number), 4, 1]);
      expect(plans[2]?.nodes[0]?.fields['Filter']).toBe(`(notes.note = 'a\nb'::text)`);
      expect(plans.map(({fields}) => fields['duration'])).toEqual(durations(logs['stderr'] ?? ''));
      for (const log of Object.values(logs)) expect(value(readPlans(log))).toEqual(plans);
      if (major >= 16) expect(plans.at(-1)?.fields['Query Parameters']).toBe("$1 = '7'");
    },
  );

  it('are read through what carries them', async () => {
    const {stderr = ''} = await run('%m [%p] ', 'text');
    const plans = value(readPlans(stderr));
    const lines = stderr.trimEnd().split('\n');
    const dressed = (dress: (line: string, index: number) => string): string => lines.map(dress).join('\n');
    const carried = [
      dressed(line => `db-1  | ${line}`),
      dressed(line => `Nov 21 05:00:00 host postgres[123]: ${line}`),
      dressed((line, index) => `Nov 1 05:00:09 h pg[1]: [5-${index}] ${line.replace(/^\t/, '#011')}`),
      stderr.replaceAll('\n', '\r\n'),
    ];
    for (const text of carried) expect(value(readPlans(text))).toEqual(plans);
  });

  it('name each nested statement', async () => {
    value(await session.script('set auto_explain.log_format = text'));
    const {stderr = ''} = await logged(async () => {
      value(await session.script('set auto_explain.log_nested_statements = on'));
      value(await session.script('set auto_explain.log_min_duration = 0'));
      value(await session.script('select counted()'));
      value(await session.script('set auto_explain.log_min_duration = -1'));
      value(await session.script('set auto_explain.log_nested_statements = off'));
    });
    const plans = value(readPlans(stderr));
    expect(plans.map(({queryText}) => queryText)).toEqual([
      '(select count(*) from notes)',
      'select counted()',
    ]);
  });

  it.each(['text', 'json'])('arrive as notices in psql, with plans as %s', async format => {
    const script = `set auto_explain.log_level = notice; set auto_explain.log_format = ${format};
      set auto_explain.log_min_duration = 0;`;
    const options = ['-X', ...[script, ...statements].flatMap(sql => ['-c', sql]), server.url];
    const {stdout, stderr} = await promisify(execFile)('psql', options);
    const plans = value(readPlans(stderr + stdout));
    expect(plans.map(({queryText}) => queryText)).toEqual(statements);
    expect(plans.map(({nodes}) => nodes.length)).toEqual([1, 2, 1, expect.any(Number), 4]);
  });

  // The other servers are built without it.
  if (major === 15)
    it('tell of JIT what its JSON tells, in the leader and in workers', async () => {
      const notices: string[] = [];
      const end = session.onNotice(({message}) => notices.push(message));
      const settings = `jit = on, jit_above_cost = 0, jit_inline_above_cost = 0, jit_optimize_above_cost = 0,
      max_parallel_workers_per_gather = 2, min_parallel_table_scan_size = 0, parallel_setup_cost = 0, parallel_tuple_cost = 0,
      auto_explain.log_level = notice, auto_explain.log_format = json, auto_explain.log_min_duration = 0`;
      value(await session.script(settings.replaceAll(/([\w.]+ = \w+),?/g, 'set $1;')));
      const lines = await session.texts(
        'explain (analyze, verbose, buffers) select count(*) from notes where id > 1',
      );
      value(await session.script('reset all'));
      end();
      const [text] = value(readPlans(value(lines).join('\n')));
      const [json] = value(readPlans(notices.find(message => message.startsWith('duration:')) ?? ''));
      expect(text?.fields['JIT']).toEqual(json?.fields['JIT']);
      expect(text?.fields['JIT']).toMatchObject({
        Options: {Inlining: true},
        Timing: {Total: expect.any(Number)},
      });
      const ofWorkers = text?.nodes.flatMap(({fields}) => fields['Workers'] ?? []);
      expect(JSON.stringify(ofWorkers)).toContain('"JIT":');
      expect(ofWorkers).toEqual(json?.nodes.flatMap(({fields}) => fields['Workers'] ?? []));
    });

  it.each(['yaml', 'xml'])('say so when their plans are %s', async format => {
    for (const log of Object.values(await run('', format)))
      expect(readPlans(log)).toMatchObject({
        ok: false,
        failure: {reason: 'invalid-input', message: expect.stringContaining(format.toUpperCase())},
      });
  });
});

/** As the lines of the log say, in its own syntax. */
function durations(log: string): readonly number[] {
  const lines = log.split('\n').filter(line => /LOG: {2}duration: [\d.]+ ms {2}plan:$/.test(line));
  return lines.map(line => Number(/duration: ([\d.]+) ms/.exec(line)?.[1]));
}
