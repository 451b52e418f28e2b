import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {documents, type Documents} from '../../src/cli/json.ts';
import {majors} from '../rig/servers.ts';
import {documentOf, useCli, type Repository} from './repository.ts';

const {cli, repository} = useCli();

const files = {
  'one.sql': 'SELECT count(*) FROM things WHERE kind = 3;\n',
  'parameters.sql': '-- by id\nSELECT * FROM things WHERE id = :id AND kind = :kind\n',
  'several.sql': "SELECT 1;\nSELECT ';' || 2;\n",
  'broken.sql': 'SELECT 1;\nSELECT é FROM FROM things;\n',
  'delete.sql': 'DELETE FROM things WHERE kind = 3\n',
  'hidden.sql': 'SELECT remove_things(3)\n',
  'far.sql': 'SELECT * FROM far_things\n',
  'vacuum.sql': 'VACUUM things\n',
  'empty.sql': '-- nothing\n',
};

async function shop(major: (typeof majors)[number] = 16): Promise<Repository> {
  const made = await repository(major, files);
  await made.database.sql(`
    CREATE TABLE things (id int PRIMARY KEY, kind int NOT NULL);
    INSERT INTO things SELECT n, n % 100 FROM generate_series(1, 20000) n;
    ANALYZE things;
    CREATE EXTENSION postgres_fdw;
    CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
    CREATE FOREIGN TABLE far_things (id int) SERVER far;
    CREATE FUNCTION remove_things(which int) RETURNS void LANGUAGE sql AS 'DELETE FROM things WHERE kind = which'`);
  return made;
}

async function count({database}: Repository): Promise<unknown> {
  const [row] = await database.sql('SELECT count(*)::int AS count FROM things');
  return row?.['count'];
}

function explained(printed: unknown): Documents['explain'] {
  return documents.explain.parse(printed);
}

describe.each(majors)('explain on PostgreSQL %i', major => {
  it('plans, and measures with --analyze', async () => {
    const {path: cwd} = await shop(major);
    const planned = await cli().run(['explain', 'one.sql', '--json'], {cwd});
    expect(planned.code).toBe(0);
    const plan = explained(documentOf('explain', planned));
    expect(plan).toMatchObject({mode: 'explain', statement: 'SELECT count(*) FROM things WHERE kind = 3'});
    expect(plan.plans[0]?.nodes.map(({state}) => state)).toEqual(['unknown', 'unknown']);

    const measured = await cli().run(['explain', 'one.sql', '--analyze', '--json'], {cwd});
    const {guard, plans} = explained(documentOf('explain', measured));
    expect(guard).toBe('read-only');
    const nodes = plans[0]?.nodes ?? [];
    expect(nodes.map(({title, rows, loops}) => ({title, rows, loops}))).toEqual([
      {title: 'Aggregate', rows: 1, loops: 1},
      {title: expect.stringMatching(/^Seq Scan on (public\.)?things$/), rows: 200, loops: 1},
    ]);
    const self = nodes.reduce((sum, {selfMs = 0}) => sum + selfMs, 0);
    const epsilon = nodes.reduce((sum, {selfEpsilonMs = 0}) => sum + selfEpsilonMs, 0);
    expect(Math.abs(self - (nodes[0]?.totalMs ?? -1))).toBeLessThanOrEqual(epsilon + 1e-9);
    expect(nodes[1]?.buffers.self).toMatchObject({sharedHit: expect.any(Number)});
  });

  it('plans for any values with --generic', async () => {
    const {path: cwd} = await shop(major);
    const ended = await cli().run(['explain', 'parameters.sql', '--generic', '--json'], {cwd});
    const [plan] = explained(documentOf('explain', ended)).plans;
    expect(JSON.stringify(plan?.nodes[0]?.fields)).toContain('$1');
  });
});

describe('what is to be explained', () => {
  it.each<[readonly string[], number, RegExp]>([
    [['several.sql'], 2, /2 statements[^]*--statement[^]*2 {2}SELECT ';'/],
    [['several.sql', '--statement', '3'], 2, /no 3/],
    [['several.sql', '--statement', '2'], 0, /Result/],
    [['broken.sql'], 1, /broken\.sql:2:15: syntax error/],
    [['broken.sql', '--statement', '1'], 1, /broken\.sql:2:15: syntax error/],
    [['vacuum.sql'], 2, /VACUUM/],
    [['empty.sql'], 2, /no SQL statement/],
    [['absent.sql'], 2, /absent\.sql cannot be read/],
    [['one.sql', '--analyze', '--generic'], 2, /cannot be executed/],
    [['parameters.sql', '--analyze'], 2, /needs :id \(integer\), :kind \(integer\)[^]*--param/],
    [['parameters.sql', '--param', 'id=1', '--param', 'no=2'], 2, /no parameter no[^]*:id, :kind/],
    [['parameters.sql', '--analyze', '--param', 'id=1', '--param', ':kind=1'], 0, /executed in a read-only/],
    [['parameters.sql', '--analyze', '--param', 'id=1', '--null', 'kind'], 0, /Result|Index Scan/],
    [['parameters.sql', '--analyze', '--param', 'id=x', '--param', 'kind=1'], 1, /22P02/],
  ])('%j ends with %i', async (args, code, text) => {
    const {path: cwd} = await shop();
    const ended = await cli().run(['explain', ...args], {cwd});
    expect(ended.stdout + ended.stderr).toMatch(text);
    expect(ended.code).toBe(code);
  });
});

describe('the gate', () => {
  it.each<[string, readonly string[], number, RegExp]>([
    ['delete.sql', [], 0, /Delete on/],
    ['delete.sql', ['--analyze'], 1, /deletes from[^]*--roll-back/],
    ['delete.sql', ['--analyze', '--roll-back'], 2, /--yes/],
    ['delete.sql', ['--analyze', '--roll-back', '--yes'], 0, /rolled back[^]*Delete on/],
    ['hidden.sql', ['--analyze'], 1, /--roll-back/],
    ['hidden.sql', ['--analyze', '--roll-back', '--yes'], 0, /rolled back/],
    ['delete.sql', ['--analyze', '--roll-back', '--yes', '--read-only'], 2, /read-only here/],
    ['one.sql', ['--analyze', '--environment', 'production'], 2, /--yes --confirm/],
    [
      'one.sql',
      ['--analyze', '--environment', 'production', '--yes', '--confirm', '.env DATABASE_URL'],
      0,
      /Seq Scan/,
    ],
    ['one.sql', ['--environment', 'production'], 0, /planned, not executed/],
    ['far.sql', ['--analyze'], 2, /warning:[^]*far_things[^]*--yes/],
  ])('%s %j ends with %i, and nothing is changed', async (file, args, code, text) => {
    const made = await shop();
    const ended = await cli().run(['explain', file, ...args], {cwd: made.path});
    expect(ended.stdout + ended.stderr).toMatch(text);
    expect(ended.code).toBe(code);
    expect(await count(made)).toBe(20_000);
  });

  it('asks on a terminal, for the values as well', async () => {
    const {path: cwd} = await shop();
    const questions = [
      [':id (integer): ', '7\r'],
      [':kind (integer): ', '7\r'],
    ] as const;
    const ended = await cli().onTerminal(['explain', 'parameters.sql', '--analyze'], questions, {cwd});
    expect(ended).toMatchObject({code: 0, stdout: expect.stringContaining('Index Scan using things_pkey')});
  });
});

describe('a plan from somewhere else', () => {
  it('is read as JSON and as text, from a file and from standard input', async () => {
    const {path: cwd, database} = await shop();
    const sql = 'SELECT count(*) FROM things WHERE kind = 3';
    const [json] = await database.sql(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`);
    await writeFile(join(cwd, 'plan.json'), JSON.stringify(json?.['QUERY PLAN']));
    const lines = await database.sql(`EXPLAIN ANALYZE ${sql}`);
    await writeFile(join(cwd, 'plan.txt'), lines.map(line => line['QUERY PLAN']).join('\n'));
    for (const file of ['plan.json', 'plan.txt']) {
      const ended = await cli().run(['plan', file, '--json'], {cwd});
      expect(ended.code).toBe(0);
      const {plans} = documents.plans.parse(documentOf('plans', ended));
      expect(plans[0]?.nodes.map(({rows}) => rows)).toEqual([1, 200]);
    }
    const piped = cli().start(['plan', '-'], {cwd, input: await readFile(join(cwd, 'plan.txt'), 'utf8')});
    expect(await piped.ended).toMatchObject({code: 0, stdout: expect.stringContaining('Seq Scan on things')});
  });

  it.each([
    ['one.sql', /statement/i],
    ['nothing-here', /nor a file that can be read/],
  ])('%s is none', async (file, text) => {
    const {path: cwd} = await shop();
    const ended = await cli().run(['plan', file], {cwd});
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(text);
  });
});
