import {expect, it} from 'vitest';
import * as z from 'zod';
import {documents, type Documents} from '../../src/cli/json.ts';
import {documentOf, shop, useCli} from './repository.ts';
import {createFolder, type Ended} from './rig.ts';

const {cli, repository} = useCli();

type Lint = Documents['lint'];

const files = {
  ...shop,
  'db/000004_index.up.sql': '-- für Berichte 🐘\nCREATE INDEX by_user ON orders (user_id);\n',
  'db/000004_index.down.sql': 'DROP INDEX by_user;\n',
} as const;

function linted(ended: Ended): Lint {
  return documents.lint.parse(documentOf('lint', ended));
}

function findingsIn(lint: Lint): readonly (readonly [rule: string, place: string])[] {
  return lint.files.flatMap(({path, findings}) =>
    findings.map(
      ({rule, at}) =>
        [rule, `${path.split('/').at(-1)}:${at.line}:${at.column}-${at.endLine}:${at.endColumn}`] as const,
    ),
  );
}

async function folder(given: Readonly<Record<string, string>> = files): Promise<string> {
  return (await createFolder(given)).path;
}

it('finds what blocks a table, at its place, and exits with 8', async () => {
  const ended = await cli().run(['lint', '--json'], {cwd: await folder()});
  expect(ended.code).toBe(8);
  const found = linted(ended);
  expect(findingsIn(found)).toContainEqual(['index-not-concurrent', '000004_index.up.sql:2:8-2:13']);
  expect(found.counts.warning).toBe(1);
  expect(found.files).toHaveLength(8);
});

it('shows the line with the clause, why, and what to do', async () => {
  const {stdout, code} = await cli().run(['lint', 'db/000004_index.up.sql'], {cwd: await folder()});
  expect(code).toBe(8);
  expect(stdout).toContain('db/000004_index.up.sql:2:8  warning  Blocks writes to orders');
  expect(stdout).toContain('  2 | CREATE INDEX by_user ON orders (user_id);\n    |        ^^^^^\n');
  expect(stdout).toMatch(/fix: Build it with CONCURRENTLY/u);
  expect(stdout).toMatch(/1 warning.* in 1 file\n$/u);
});

it('looks at the named files alone, with the history before them', async () => {
  const cwd = await folder({
    ...files,
    // The table is made by another file, so that this one is known to add to what is there.
    'db/000005_note.up.sql': 'ALTER TABLE orders ADD COLUMN note text NOT NULL;\n',
    'db/000005_note.down.sql': 'ALTER TABLE orders DROP COLUMN note;\n',
  });
  const found = linted(await cli().run(['lint', 'db/000005_note.up.sql', '--json'], {cwd}));
  expect(found.files).toHaveLength(1);
  expect(findingsIn(found).map(([rule]) => rule)).toContain('not-null-without-default');
});

it.each([
  ['error', 0],
  ['warning', 8],
  ['hint', 8],
])('with --level %s exits with %i', async (level, code) => {
  const ended = await cli().run(['lint', 'db/000004_index.up.sql', '--level', level], {cwd: await folder()});
  expect(ended.code).toBe(code);
});

it('takes severities and what is off from the nearest howdah.json, and from another file', async () => {
  const cwd = await folder({
    ...files,
    'howdah.json': JSON.stringify({lint: {rules: {'index-not-concurrent': 'off'}}}),
    'strict.json': JSON.stringify({lint: {rules: {'index-not-concurrent': 'error'}}}),
  });
  const args = ['lint', 'db/000004_index.up.sql', '--json'];
  expect(findingsIn(linted(await cli().run(args, {cwd}))).map(([rule]) => rule)).not.toContain(
    'index-not-concurrent',
  );
  const strict = linted(await cli().run([...args, '--config', 'strict.json'], {cwd}));
  expect(strict.counts.error).toBe(1);
});

it.each([
  ['{"lint": {"rules": {"no-such": "off"}}}', 'no-such'],
  ['{"lint": {"rules": {"drop-column": "loud"}}}', 'lint.rules.drop-column'],
  ['{"lint": {"postgresVersion": 9}}', 'lint.postgresVersion'],
  ['{"lint": {"rulez": {}}}', 'lint.rulez'],
  ['[]', 'howdah.json'],
  ['{', 'no JSON'],
])('refuses the settings %s', async (text, told) => {
  const ended = await cli().run(['lint'], {cwd: await folder({...files, 'howdah.json': text})});
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain(told);
});

it('leaves out what a comment in the file suppresses, and counts it', async () => {
  const cwd = await folder({
    ...files,
    'db/000004_index.up.sql':
      '-- howdah-ignore index-not-concurrent: the table has ten rows\nCREATE INDEX by_user ON orders (user_id);\n',
  });
  const found = linted(await cli().run(['lint', 'db/000004_index.up.sql', '--json'], {cwd}));
  expect(findingsIn(found).map(([rule]) => rule)).not.toContain('index-not-concurrent');
  expect(found.suppressed).toBeGreaterThan(0);
});

it('shows a syntax error at its token, and what is before it', async () => {
  const cwd = await folder({
    ...files,
    'db/000004_index.up.sql':
      'CREATE INDEX by_user ON orders (user_id);\nALTER TABLE orders ADD COLUM x int;\n',
  });
  const found = linted(await cli().run(['lint', 'db/000004_index.up.sql', '--json'], {cwd}));
  expect(findingsIn(found)).toContainEqual(['syntax', '000004_index.up.sql:2:32-2:35']);
  expect(findingsIn(found).map(([rule]) => rule)).toContain('index-not-concurrent');
});

const sarif = z.object({
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.object({
      tool: z.object({driver: z.object({name: z.string(), rules: z.array(z.object({id: z.string()}))})}),
      columnKind: z.literal('utf16CodeUnits'),
      results: z.array(
        z.object({
          ruleId: z.string(),
          ruleIndex: z.int(),
          level: z.string(),
          locations: z.tuple([
            z.object({
              physicalLocation: z.object({
                artifactLocation: z.object({uri: z.string()}),
                region: z.object({
                  startLine: z.int(),
                  startColumn: z.int(),
                  endLine: z.int(),
                  endColumn: z.int(),
                }),
              }),
            }),
          ]),
        }),
      ),
    }),
  ]),
});

it('prints a SARIF log', async () => {
  const ended = await cli().run(['lint', '--format', 'sarif'], {cwd: await folder()});
  expect(ended.code).toBe(8);
  const {
    runs: [run],
  } = sarif.parse(JSON.parse(ended.stdout));
  const result = run.results.find(({ruleId}) => ruleId === 'index-not-concurrent');
  expect(result?.level).toBe('warning');
  expect(run.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('index-not-concurrent');
  expect(result?.locations[0].physicalLocation).toEqual({
    artifactLocation: expect.objectContaining({uri: 'db/000004_index.up.sql'}),
    region: {startLine: 2, startColumn: 8, endLine: 2, endColumn: 13},
  });
});

it('prints annotations for GitHub', async () => {
  const {stdout} = await cli().run(['lint', '--format', 'github'], {cwd: await folder()});
  expect(stdout).toMatch(
    /^::warning file=db\/000004_index\.up\.sql,line=2,endLine=2,col=8,endColumn=12,title=howdah%3A index-not-concurrent::Blocks writes to orders[^\n]*$/mu,
  );
});

it('prints what a rule is about, and knows which there are', async () => {
  const known = await cli().run(['lint', '--explain', 'index-not-concurrent'], {cwd: await folder()});
  expect(known.code).toBe(0);
  expect(known.stdout).toContain('CREATE INDEX CONCURRENTLY');
  const unknown = await cli().run(['lint', '--explain', 'nothing'], {cwd: await folder()});
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('index-not-concurrent');
});

it.each([
  [['--level', 'loud'], 2],
  [['--format', 'xml'], 2],
  [['nowhere.sql'], 2],
  [['--config', 'nowhere.json'], 2],
])('refuses %j', async (more, code) => {
  const ended = await cli().run(['lint', ...more], {cwd: await folder()});
  expect(ended).toMatchObject({code, stdout: ''});
});

it.each([14, 18] as const)(
  'judges by the sizes on PostgreSQL %i, and says nothing of what is applied',
  async major => {
    const {path: cwd, database} = await repository(major, files);
    expect((await cli().run(['up', '3', '--yes'], {cwd})).code).toBe(0);
    await database.sql('INSERT INTO users SELECT g, g FROM generate_series(1, 10) AS g; ANALYZE');
    const small = linted(await cli().run(['lint', '-c', 'DATABASE_URL', '--json'], {cwd}));
    expect(small.target).toBe('.env DATABASE_URL');
    expect(findingsIn(small).map(([rule]) => rule)).not.toContain('index-not-concurrent');

    await database.sql(
      "INSERT INTO orders SELECT g, 1, 'x' FROM generate_series(1, 400000) AS g; ANALYZE orders",
    );
    const large = linted(await cli().run(['lint', '-c', 'DATABASE_URL', '--json'], {cwd}));
    const finding = large.files
      .flatMap(({findings}) => findings)
      .find(({rule}) => rule === 'index-not-concurrent');
    expect(finding?.facts.join(' ')).toMatch(
      /orders: .*MB.*400 K rows|orders: .*MB.*400,000 rows|orders: .*MB/u,
    );
    expect(finding?.facts.join(' ')).toContain('DATABASE_URL');

    expect((await cli().run(['up', '--yes'], {cwd})).code).toBe(0);
    const applied = linted(await cli().run(['lint', '-c', 'DATABASE_URL', '--json'], {cwd}));
    expect(applied.counts).toMatchObject({error: 0, warning: 0});
  },
);
