import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {ProjectOptions, RunOptions} from '../../src/frameworks/framework.ts';
import {ends} from '../rig/servers.ts';
import {gooseFixture, type GooseFixture} from './goose-fixture.ts';
import {must} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const allowing: ProjectOptions = {'allow-missing': 'true'};

describe.each(ends)('goose on PostgreSQL %i', major => {
  let fixture: GooseFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await gooseFixture(major);
    session = must(await fixture.open());
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const file = (name: string, text: string): Promise<string> => fixture.file(name, text);
  const status = async (options: ProjectOptions = {}) => must(await fixture.project.status(session, options));
  const plan = async (goal: Goal, options: ProjectOptions = {}) =>
    fixture.project.plan(await status(options), goal, options);
  const run = async (goal: Goal, options: ProjectOptions = {}): Promise<Outcome<RunReport>> =>
    fixture.project.run(session, must(await plan(goal, options)), options, patient, fixture.open);
  const versions = async (table = 'goose_db_version') =>
    (await fixture.database.sql(`SELECT version_id FROM ${table} AS g ORDER BY g.id`)).map(
      ({version_id: id}) => Number(id),
    );

  it('makes the table of the documentation, with its seed row', async () => {
    await fixture.write(1, 'good');
    must(await run({kind: 'apply-all'}));
    const columns = await fixture.database.sql(`
      SELECT column_name AS name, data_type AS type, is_nullable AS nullable, column_default AS fallback, identity_generation AS identity
      FROM information_schema.columns WHERE table_name = 'goose_db_version' ORDER BY ordinal_position`);
    expect(columns).toEqual([
      {name: 'id', type: 'integer', nullable: 'NO', fallback: null, identity: 'BY DEFAULT'},
      {name: 'version_id', type: 'bigint', nullable: 'NO', fallback: null, identity: null},
      {name: 'is_applied', type: 'boolean', nullable: 'NO', fallback: null, identity: null},
      {
        name: 'tstamp',
        type: 'timestamp without time zone',
        nullable: 'NO',
        fallback: 'now()',
        identity: null,
      },
    ]);
    expect(
      await fixture.database.sql(
        'SELECT id, version_id::int, is_applied, tstamp <= now() AS past FROM goose_db_version',
      ),
    ).toEqual([
      {id: 1, version_id: 0, is_applied: true, past: true},
      {id: 2, version_id: 1, is_applied: true, past: true},
    ]);
    expect((await status()).migrations[0]?.appliedAt).toMatch(/^\d{4}-\d\d-\d\d /);
    must(await run({kind: 'roll-back-all'}));
    expect(await versions()).toEqual([0]);
  });

  it.each<[string, string, string, string]>([
    ['another name', 'migs', 'migs', 'public.migs'],
    ['a name that PostgreSQL folds', 'Public.Migs', 'migs', 'public.migs'],
    ['a quoted name', '"My Migs"', '"My Migs"', 'public."My Migs"'],
  ])('keeps its table under %s', async (_name, table, sql, shown) => {
    await fixture.write(1, 'good');
    must(await run({kind: 'apply-all'}, {table}));
    expect(await versions(sql)).toEqual([0, 1]);
    expect((await status({table})).bookkeeping).toMatchObject({table: shown, exists: true, elsewhere: []});
    expect((await status()).bookkeeping).toMatchObject({exists: false, elsewhere: [shown]});
  });

  it('refuses a table that is no name', async () => {
    expect(await fixture.project.status(session, {table: 'x; DROP TABLE y'})).toMatchObject({
      failure: {reason: 'invalid-input'},
    });
  });

  it('refuses what is older than an applied version, shows why, and takes it where missing ones are allowed', async () => {
    await fixture.write(1, 'good');
    await fixture.write(3, 'good');
    must(await run({kind: 'apply-all'}));
    await fixture.write(2, 'good');
    await fixture.write(4, 'good');
    expect(await status()).toMatchObject({problems: [{kind: 'other', id: '2', refused: false}]});
    for (const kind of ['apply-next', 'apply-all'] as const)
      expect(await plan({kind})).toMatchObject({failure: {reason: 'invalid-input'}});
    expect(await plan({kind: 'roll-back-last'})).toMatchObject({ok: true});
    expect((await status(allowing)).problems).toEqual([]);
    must(await run({kind: 'apply-next'}, allowing));
    expect(await status(allowing)).toMatchObject({position: {kind: 'at', id: '2'}});
    must(await run({kind: 'apply-all'}, allowing));
    expect(await versions()).toEqual([0, 1, 3, 2, 4]);
    must(await run({kind: 'roll-back-last'}));
    must(await run({kind: 'roll-back-last'}));
    expect(await versions()).toEqual([0, 1, 3]);
  });

  it('takes the newest row of a version, as rows of older goose versions want it', async () => {
    for (const number of [1, 2, 3]) await fixture.write(number, 'good');
    must(await run({kind: 'apply-all'}));
    await fixture.database.sql(
      'INSERT INTO goose_db_version (version_id, is_applied) VALUES (3, false), (2, false), (2, true)',
    );
    const known = await status();
    expect(known.migrations.map(({state}) => state.kind)).toEqual(['applied', 'applied', 'pending']);
    expect(known.position).toEqual({kind: 'at', id: '2'});
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a semicolon at the end of a line',
      'INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\n',
      ['1', '2'],
    ],
    [
      'one in front of a comment',
      'INSERT INTO t VALUES (1); -- done;\nINSERT INTO t VALUES (2); --\n',
      ['1', '2'],
    ],
    ['one behind a word', 'INSERT INTO t VALUES (1)\n;\n', ['1']],
    [
      'two on a line, which are one message',
      'INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);\n',
      ['1', '2'],
    ],
    ['one inside of a text', "INSERT INTO t VALUES (length('a;b'));\n", ['3']],
    [
      'annotations in other letters',
      '-- +goose STATEMENTBEGIN\nINSERT INTO t\nVALUES (1);\nINSERT INTO t VALUES (2);\n-- +goose statementend\n',
      ['1', '2'],
    ],
    [
      'annotations without a blank',
      '--+goose StatementBegin\nINSERT INTO t VALUES (1)\n--+goose StatementEnd\n',
      ['1'],
    ],
    [
      'dashes and blanks at will',
      '--   +goose StatementBegin  \nINSERT INTO t VALUES (1)\n-- +goose StatementEnd\n',
      ['1'],
    ],
  ])('sends what %s makes', async (_what, statements, expected) => {
    await fixture.database.sql('CREATE TABLE t (a int)');
    await file('1_a.sql', `-- +goose up\n${statements}-- +goose DOWN\nDELETE FROM t;\n`);
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped).toBeUndefined();
    const found = await fixture.database.sql('SELECT a::text FROM t ORDER BY a');
    expect(found.map(({a}) => a)).toEqual(expected);
    must(await run({kind: 'roll-back-last'}));
    expect(await fixture.database.sql('SELECT FROM t')).toEqual([]);
    expect(await versions()).toEqual([0]);
  });

  it('records in the transaction of the statements, down as well as up', async () => {
    await file(
      '1_a.sql',
      '-- +goose Up\nCREATE TABLE t1 AS SELECT txid_current() AS up;\n-- +goose Down\nDROP TABLE t1;\nSELECT nothing;\n',
    );
    must(await run({kind: 'apply-all'}));
    expect(
      await fixture.database.sql(
        'SELECT FROM t1 JOIN goose_db_version AS g ON g.xmin::text = (up % 4294967296)::text WHERE version_id = 1',
      ),
    ).toHaveLength(1);
    expect(must(await run({kind: 'roll-back-last'})).stopped).toBeDefined();
    expect(await versions()).toEqual([0, 1]);
    expect(await fixture.database.sql('SELECT FROM t1')).toHaveLength(1);
  });

  it('orders by number, whatever the digits', async () => {
    for (const [name, table] of [
      ['9_a.sql', 't1'],
      ['010_b.sql', 't2'],
      ['20240101000000_c.sql', 't3'],
    ] as const)
      await file(name, `-- +goose Up\nCREATE TABLE ${table} ();\n`);
    expect(must(await fixture.project.list()).migrations.map(({id, label}) => [id, label])).toEqual([
      ['9', '9'],
      ['10', '010'],
      ['20240101000000', '20240101000000'],
    ]);
    must(await run({kind: 'apply-all'}));
    expect(await versions()).toEqual([0, 9, 10, 20_240_101_000_000]);
  });

  it('shows a migration in Go, stops before it, and goes on behind it once it has run', async () => {
    await fixture.write(1, 'good');
    await file('00002_seed.go', 'package migrations\n');
    await file('00002_seed_test.go', 'package migrations\n');
    await file('helpers.go', 'package migrations\n');
    await fixture.write(3, 'good');
    const known = await status();
    expect(known.migrations.map(({migration}) => migration.title)).toEqual(['make', 'seed', 'make']);
    expect(known.problems).toMatchObject([{kind: 'other', id: '2', refused: false}]);
    expect(await plan({kind: 'apply-all'})).toMatchObject({failure: {reason: 'unsupported'}});
    must(await run({kind: 'apply-next'}));
    expect(await plan({kind: 'apply-next'})).toMatchObject({failure: {reason: 'unsupported'}});
    const [, go] = known.migrations;
    if (go)
      expect(await fixture.project.script(go.migration, 'up', {})).toMatchObject({
        failure: {reason: 'unsupported'},
      });
    await fixture.database.sql('INSERT INTO goose_db_version (version_id, is_applied) VALUES (2, true)');
    must(await run({kind: 'apply-all'}));
    expect(await versions()).toEqual([0, 1, 2, 3]);
  });

  it('runs nothing as long as a file has no version', async () => {
    await fixture.write(1, 'good');
    await file('notes.sql', 'SELECT 1;');
    expect(await plan({kind: 'apply-all'})).toMatchObject({failure: {reason: 'invalid-input'}});
  });

  it('moves the record only where a direction is empty', async () => {
    await file('1_up_only.sql', '-- +goose Up\nCREATE TABLE t1 ();\n');
    await file('2_nothing.sql', '-- +goose Up\n-- nothing yet\n-- +goose Down\n');
    expect(must(await plan({kind: 'apply-all'})).warnings).toEqual([{kind: 'empty-file', step: 1}]);
    must(await run({kind: 'apply-all'}));
    expect(await versions()).toEqual([0, 1, 2]);
    must(await run({kind: 'roll-back-all'}));
    expect(await versions()).toEqual([0]);
    expect(await fixture.made(session)).toEqual([1]);
  });

  it('sends each statement by itself without a transaction, and keeps what ran before a failure', async () => {
    await file(
      '1_index.sql',
      '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE t1 (a int);\nCREATE INDEX CONCURRENTLY i ON t1 (a);\nSELECT nothing;\n',
    );
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped?.at?.start).toEqual({line: 4, column: 7});
    expect(report.words).toContain('after 2 of its pieces');
    expect(await versions()).toEqual([0]);
    expect(
      await fixture.database.sql(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass`),
    ).toEqual([{indisvalid: true}]);
  });

  it('cuts a body at its semicolons unless it is marked as one statement', async () => {
    const body = `CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1;\nEND;\n$$;\n`;
    await file('1_f.sql', `-- +goose Up\n${body}`);
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped).toMatchObject({failure: {server: {sqlState: '42601'}}, at: {start: {line: 1}}});
    await file(
      '1_f.sql',
      `-- +goose Up\n-- +goose StatementBegin\n${body}-- +goose StatementEnd\n-- +goose Down\nDROP FUNCTION f();\n`,
    );
    expect(must(await run({kind: 'apply-all'})).stopped).toBeUndefined();
    expect(must(await run({kind: 'roll-back-last'})).stopped).toBeUndefined();
  });

  it('sends line feeds only, as goose does', async () => {
    await file('1_crlf.sql', "-- +goose Up\r\nCREATE TABLE t1 AS SELECT 'a\r\nb' AS text;\r\n");
    must(await run({kind: 'apply-all'}));
    expect(await fixture.database.sql('SELECT text FROM t1')).toEqual([{text: 'a\nb'}]);
  });

  it.each<[string, string]>([
    ['$ONE-${ONE}', 'one-one'],
    ['${NONE:-two ${ONE}}', 'two one'],
    ['${EMPTY:-x}|${EMPTY-x}|${ONE:-x}', 'x||one'],
    ['${ONE:1}|${ONE:0:2}|${ONE: -1}', 'ne|on|e'],
    ['$$ONE $(ONE)', '$ONE $(ONE)'],
    ['${ONE?has to be there}', 'one'],
  ])('puts in for %s what goose does, in a run and in a rehearsal', async (written, expected) => {
    await file('.env', 'ONE=one\nEMPTY=\n');
    await file(
      '1_env.sql',
      `-- +goose Up\n-- +goose ENVSUB ON\nCREATE TABLE t1 AS SELECT '${written}'::text AS a;\nSELECT 1;\n`,
    );
    const [step] = must(await plan({kind: 'apply-all'})).steps;
    if (!step) throw new Error('there is a step');
    const {sql, pieces} = must(await fixture.project.script(step.migration, 'up', {}));
    for (const {start, end} of pieces) must(await session.script(sql.slice(start, end)));
    expect(await fixture.database.sql('SELECT a FROM t1')).toEqual([{a: expected}]);
    await fixture.database.sql('DROP TABLE t1');
    must(await run({kind: 'apply-all'}));
    expect(await fixture.database.sql('SELECT a FROM t1')).toEqual([{a: expected}]);
  });

  it.each([
    ['$HOWDAH_NONE', '1_env.sql:3 needs the variable HOWDAH_NONE'],
    ['${HOWDAH_NONE?}', '1_env.sql:3 needs the variable HOWDAH_NONE'],
    ['${PATH:-${HOWDAH_NONE}} ${HOWDAH_OTHER}', 'needs the variable HOWDAH_OTHER'],
    ['5$', "1_env.sql:3 has “$'”, which is no variable that goose knows"],
    ['$1', '1_env.sql:3 has “$1”, which is no variable that goose knows'],
    ['${HOWDAH_NONE:?why}', 'which is no variable that goose knows'],
  ])('says for %s what is missing, and runs nothing', async (written, words) => {
    const path = await file('1_env.sql', `-- +goose Up\n-- +goose ENVSUB ON\nSELECT '${written}';\n`);
    const message: unknown = expect.stringContaining(words);
    expect(await plan({kind: 'apply-all'})).toMatchObject({failure: {reason: 'invalid-input', message}});
    const migration = {id: '1', label: '1', title: 'env', up: path, down: path};
    expect(await fixture.project.script(migration, 'up', {})).toMatchObject({failure: {message}});
  });

  it('puts the variables of .env in between ENVSUB ON and OFF', async () => {
    await file('.env', 'OWNER_TABLE=t7\nEMPTY=\n');
    await file(
      '1_env.sql',
      `-- +goose Up\n-- +goose ENVSUB ON\nCREATE TABLE \${OWNER_TABLE} (a text DEFAULT '\${EMPTY:-none} $$HOME');\n-- +goose ENVSUB OFF\nINSERT INTO t7 VALUES ('\${OWNER_TABLE}');\n`,
    );
    const planned = must(await plan({kind: 'apply-all'}));
    // What a variable puts in may be a secret.
    expect(must(await fixture.project.sql(planned, {}))).toContain('CREATE TABLE ${OWNER_TABLE} (');
    const [step] = planned.steps;
    if (!step) throw new Error('there is a step');
    const script = must(await fixture.project.script(step.migration, 'up', {}));
    expect(script.filled).toBe(true);
    expect(script.pieces.map(({start, end}) => script.sql.slice(start, end))).toEqual([
      "CREATE TABLE t7 (a text DEFAULT 'none $HOME');\n-- +goose ENVSUB OFF\nINSERT INTO t7 VALUES ('${OWNER_TABLE}');\n",
    ]);
    must(await run({kind: 'apply-all'}));
    expect(await fixture.database.sql('INSERT INTO t7 DEFAULT VALUES; SELECT a FROM t7')).toEqual([
      {a: '${OWNER_TABLE}'},
      {a: 'none $HOME'},
    ]);
    await file('2_env.sql', `-- +goose Up\n-- +goose ENVSUB ON\nSELECT '\${HOWDAH_NOWHERE}';\n`);
    expect(await plan({kind: 'apply-all'})).toMatchObject({
      failure: {
        reason: 'invalid-input',
        message: expect.stringContaining('2_env.sql:3 needs the variable HOWDAH_NOWHERE'),
      },
    });
  });

  it.each<[string, string, {line: number; column: number}]>([
    ['carriage returns', '-- +goose Up\r\nSELECT 1;\r\n\r\n  SELECT nothing;\r\n', {line: 3, column: 9}],
    ['characters of two units', "-- +goose Up\nSELECT 1;\nSELECT '😀é',\n  nothing;\n", {line: 3, column: 2}],
    ['the first statement', '-- +goose Up\n-- why\n\n\tSELECT nothing;\n', {line: 3, column: 8}],
    [
      'a marked statement',
      '-- +goose Up\n-- +goose StatementBegin\nDO $$ BEGIN\n  PERFORM 1;\nEND $$;\nSELECT nothing;\n-- +goose StatementEnd\n',
      {line: 5, column: 7},
    ],
    [
      'an annotation inside of a statement',
      '-- +goose Up\nSELECT 1,\n-- +goose NO TRANSACTION\n  nothing;\n',
      {line: 3, column: 2},
    ],
    ['a syntax error', '-- +goose Up\nSELECT 1;\nSELEC 2;\n', {line: 2, column: 0}],
  ])('names the exact place with %s', async (_name, text, place) => {
    await file('1_bad.sql', text);
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped?.at?.start).toEqual(place);
    expect(session.transactionStatus()).toBe('idle');
    expect(await versions()).toEqual([0]);
  });

  it('tells a script in pieces: one in a transaction, each statement without', async () => {
    const statements = 'SELECT 1;\n-- two\nSELECT 2;\n';
    const path = await file('1_a.sql', `-- +goose Up\n${statements}-- +goose Down\nSELECT 3;\n`);
    const migration = {id: '1', label: '1', title: 'a', up: path, down: path};
    const piecesOf = async (text: string): Promise<readonly string[]> => {
      const script = must(await fixture.project.script(migration, 'up', {}, text));
      return script.pieces.map(({start, end, how}) => `${how}: ${script.sql.slice(start, end)}`);
    };
    expect(await piecesOf(`-- +goose Up\n${statements}`)).toEqual([`transaction: ${statements}`]);
    expect(await piecesOf(`-- +goose Up\n-- +goose NO TRANSACTION\n${statements}`)).toEqual([
      'query: SELECT 1;\n',
      'query: -- two\nSELECT 2;\n',
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ['an empty folder', [], '20260102030405'],
    ['numbers', ['00001_a.sql', '00009_b.sql'], '00010'],
    ['timestamps', ['20240101000000_a.sql'], '20260102030405'],
    ['a timestamp of tomorrow', ['20270101000000_a.sql'], '20270101000001'],
  ])('numbers a new file as %s does', async (_name, names, label) => {
    for (const name of names) await file(name, '-- +goose Up\n');
    expect(await fixture.project.nextLabel(new Date('2026-01-02T03:04:05Z'))).toBe(label);
  });

  it('creates a body in dollars so that it runs', async () => {
    const up = 'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$\nBEGIN\n  RETURN 1;\nEND;\n$f$;\n';
    must(await fixture.project.create({title: 'Add f', up, down: 'DROP FUNCTION f();\n', now: new Date()}));
    expect(must(await run({kind: 'apply-all'})).stopped).toBeUndefined();
    expect(must(await run({kind: 'roll-back-all'})).stopped).toBeUndefined();
  });
});
