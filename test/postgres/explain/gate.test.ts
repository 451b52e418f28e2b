import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {verdictOf} from '../../../src/core/explain/gate.ts';
import type {Guard} from '../../../src/core/explain/origin.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {explainStatement} from '../../../src/postgres/explain/explain.ts';
import type {Major} from '../../rig/servers.ts';
import {createGateDatabase, type GateDatabase} from './gate-database.ts';

/** `plan`, or the SQLSTATE of the refusal. */
type Answer = string;

type Row = readonly [
  sql: string,
  /** `reads`, or the kind with what it does, or `no` with the command, or how many statements there are. */
  verdict: string,
  /** Of EXPLAIN; of ANALYZE in a read-only transaction; of ANALYZE in one that is rolled back. */
  answers: readonly [planned: Answer, readOnly: Answer, rolledBack: Answer],
  /** What the last one leaves all the same, by its name in the snapshot. */
  stays?: readonly string[],
];

const free = ['plan', 'plan', 'plan'] as const;
const writes = ['plan', '25006', 'plan'] as const;
/** Planning runs it, too. */
const early = ['25006', '25006', 'plan'] as const;
const none = ['42601', '42601', '42601'] as const;
const locked = ['plan', '25001', 'plan'] as const;

const rows: readonly Row[] = [
  // Reading.
  ['SELECT 1', 'reads', free],
  ['SELECT count(*) FROM orders', 'reads', free],
  ['VALUES (1), (2)', 'reads', free],
  ['TABLE orders', 'reads', free],
  ['WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 9) TABLE r', 'reads', free],
  ["SELECT current_setting('transaction_read_only')", 'reads', free],
  ['SELECT * FROM pg_stat_activity', 'reads', free],
  ['SELECT lo_get(4242)', 'reads', free],
  ['SELECT pg_sleep(0)', 'reads', free],
  ['SELECT hides()', 'reads', free],
  ["SELECT pg_notify('c', 'x')", 'reads', free],
  ['SELECT pg_advisory_xact_lock(1)', 'reads', free],
  ["SELECT set_config('work_mem', '9MB', false)", 'reads', free],
  ["SELECT dynamic('SET work_mem = ''9MB''')", 'reads', free],
  ["SELECT dynamic('PREPARE kept AS SELECT 1')", 'reads', ['plan', 'plan', '42P05'], ['prepared']],
  // Texts that only look dangerous, or only look harmless.
  ['/* a /* ; DELETE FROM orders; */ b */ SELECT 1 -- ; COMMIT', 'reads', free],
  ["SELECT E'\\'; DELETE FROM orders; --'", 'reads', free],
  ["SELECT 'a;''b', U&'d\\0061t;', B'1', X'1F'", 'reads', free],
  ['SELECT $$; COMMIT; DELETE FROM orders; $$', 'reads', free],
  ['SELECT $a$ $$;$$ $a$ AS ";DELETE FROM orders;"', 'reads', free],
  ['SELECT 1;', 'reads', free],
  ['SELECT 1; SELECT 2', '2 statements', none],
  ['SELECT 1; DELETE FROM orders', '2 statements', none],
  ['SELECT 1; COMMIT; DELETE FROM orders', '3 statements', none],
  ["SELECT 'a'; ROLLBACK; DELETE FROM orders --'", '3 statements', none],
  ['SELECT $$;$$;COMMIT;DELETE FROM orders', '3 statements', none],
  ['/* /* */ SELECT 1; */ SELECT 2; DELETE FROM orders', '2 statements', none],
  // Writing that the text shows.
  ['INSERT INTO orders VALUES (99)', 'writes: inserts into orders', writes],
  ["UPDATE orders SET status = 'x'", 'writes: updates orders', writes],
  ['DELETE FROM orders', 'writes: deletes from orders', writes],
  ['DELETE FROM orders WHERE false RETURNING *', 'writes: deletes from orders', writes],
  ['INSERT INTO orders SELECT 1 ON CONFLICT DO NOTHING', 'writes: inserts into orders', writes],
  [
    'INSERT INTO numbered (name) VALUES (1) RETURNING id',
    'writes: inserts into numbered',
    writes,
    ['sequences'],
  ],
  ['INSERT INTO defaulted (b) VALUES (1)', 'writes: inserts into defaulted', writes],
  ['INSERT INTO guarded VALUES (2)', 'writes: inserts into guarded', writes],
  ['INSERT INTO archive VALUES (2)', 'writes: inserts into archive', writes],
  ['INSERT INTO ruled VALUES (2)', 'writes: inserts into ruled', writes],
  ["UPDATE changed SET status = 'v'", 'writes: updates changed', writes],
  ['WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone', 'writes: deletes from orders', writes],
  [
    'WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO archive SELECT * FROM gone',
    'writes: inserts into archive and deletes from orders',
    writes,
  ],
  ['SELECT * FROM orders FOR UPDATE', 'writes: locks rows (FOR UPDATE)', writes],
  ['SELECT * FROM (SELECT * FROM orders FOR KEY SHARE) o', 'writes: locks rows (FOR KEY SHARE)', writes],
  ['TABLE changed FOR SHARE', 'writes: locks rows (FOR SHARE)', writes],
  // Creating, which a read-only transaction does not refuse under EXPLAIN ANALYZE: it is rolled back.
  ['SELECT * INTO made FROM orders', 'writes: creates table made', free],
  ['CREATE TABLE made AS SELECT * FROM orders', 'writes: creates table made', free],
  ['CREATE TEMP TABLE made AS SELECT * FROM orders', 'writes: creates table made', free],
  ['CREATE MATERIALIZED VIEW made AS SELECT 1', 'writes: creates materialized view made', free],
  ['CREATE TABLE made AS SELECT writes()', 'writes: creates table made', writes],
  // Writing that the text does not show.
  ['SELECT writes()', 'reads', writes],
  ['SELECT writes_sql()', 'reads', writes],
  ['SELECT * FROM writes()', 'reads', writes],
  ['SELECT 1 FROM orders WHERE writes() = 2', 'reads', writes],
  ['SELECT 1 FROM orders ORDER BY writes()', 'reads', writes],
  ['SELECT 1 FROM orders LIMIT writes()', 'reads', writes],
  ['VALUES (writes())', 'reads', writes],
  ['TABLE writing', 'reads', writes],
  ["SELECT 'a' === 'b'", 'reads', writes],
  ['SELECT id::pair FROM orders', 'reads', writes],
  ['SELECT id::checked FROM orders', 'reads', writes],
  ['SELECT summed(id) FROM orders', 'reads', writes],
  ['SELECT lies()', 'reads', early],
  ['SELECT 1 FROM orders WHERE id = lies()', 'reads', early],
  ['SELECT 1 FROM orders WHERE id = lies_stable()', 'reads', early],
  ['SELECT 1::checked', 'reads', writes],
  ["SELECT dynamic('CREATE TABLE made ()')", 'reads', writes],
  ["SELECT dynamic('TRUNCATE orders')", 'reads', writes],
  ["SELECT dynamic('CREATE TEMP TABLE made ()')", 'reads', writes],
  ["SELECT dynamic('COMMIT')", 'reads', ['plan', '0A000', '0A000']],
  ['SELECT calls()', 'reads', ['plan', '25006', '2D000']],
  // Lifting the guard.
  ["SELECT set_config('transaction_read_only', 'off', false)", 'reads', locked],
  ["SELECT set_config('transaction_read_only', 'off', true), writes()", 'reads', locked],
  ['SELECT unlocks()', 'reads', locked],
  ['SELECT unlocks_by_set()', 'reads', locked],
  ['SELECT unlocks_hidden()', 'reads', writes],
  ["SELECT set_config('default_transaction_read_only', 'off', false), writes()", 'reads', writes],
  ["SELECT set_config('session_authorization', 'postgres', false), writes()", 'reads', writes],
  // Sequences, large objects, locks.
  ["SELECT nextval('numbers')", 'writes: advances a sequence (nextval)', writes, ['sequences']],
  ["SELECT setval('numbers', 500)", 'writes: sets a sequence (setval)', writes, ['sequences']],
  [
    'SELECT pg_advisory_lock(1)',
    'escapes: takes an advisory lock that outlasts the transaction (pg_advisory_lock)',
    free,
    ['locks'],
  ],
  [
    'SELECT pg_advisory_unlock_all()',
    'escapes: releases advisory locks (pg_advisory_unlock_all)',
    free,
    ['locks'],
  ],
  ['SELECT lo_unlink(4242)', 'writes: changes large objects (lo_unlink)', ['plan', 'lo', 'plan']],
  ["SELECT lo_put(4242, 0, 'x')", 'writes: changes large objects (lo_put)', ['plan', 'lo', 'plan']],
  ['SELECT lo_create(77)', 'writes: changes large objects (lo_create)', ['plan', 'lo', 'plan']],
  // Another server.
  ['SELECT * FROM far_orders', 'reads', free],
  ['SELECT * FROM far_writing', 'reads', free],
  ['SELECT * FROM far_counting', 'reads', free, ['far sequences']],
  ['DELETE FROM far_orders', 'writes: deletes from far_orders', writes],
  // Around a query.
  ['EXPLAIN SELECT 1', 'reads', free],
  ['EXPLAIN ANALYZE DELETE FROM orders', 'writes: deletes from orders', writes],
  ['EXPLAIN (ANALYZE, COSTS off) (SELECT writes())', 'reads', writes],
  ['DECLARE c CURSOR FOR SELECT * FROM orders', 'reads', free],
  ['DECLARE c CURSOR WITH HOLD FOR SELECT writes()', 'reads', writes],
  ['PREPARE p AS DELETE FROM orders', 'writes: deletes from orders', writes],
  ["COPY (SELECT * FROM orders) TO PROGRAM 'false'", 'reads', free],
  ['COPY (DELETE FROM orders RETURNING *) TO STDOUT', 'writes: deletes from orders', writes],
  ['CREATE VIEW v AS SELECT writes() AS w', 'reads', writes],
  // What has no plan.
  ['COPY orders TO STDOUT', 'no COPY', none],
  ['COPY orders FROM STDIN', 'no COPY', none],
  ["COPY orders TO PROGRAM 'false'", 'no COPY', none],
  ['DO $$BEGIN DELETE FROM orders; COMMIT; END$$', 'no DO', none],
  ['CALL commits()', 'no CALL', none],
  ["SET work_mem = '9MB'", 'no SET', none],
  ['SET TRANSACTION READ WRITE', 'no SET', none],
  ['RESET ALL', 'no RESET', none],
  ['SHOW work_mem', 'no SHOW', none],
  ['BEGIN', 'no BEGIN', none],
  ['COMMIT', 'no COMMIT', none],
  ['ROLLBACK', 'no ROLLBACK', none],
  ['VACUUM orders', 'no VACUUM', none],
  ['ANALYZE orders', 'no ANALYZE', none],
  ['LISTEN a', 'no LISTEN', none],
  ['NOTIFY a', 'no NOTIFY', none],
  ['LOCK orders', 'no LOCK', none],
  ['TRUNCATE orders', 'no TRUNCATE', none],
  ['CREATE TABLE made (a int)', 'no CREATE TABLE', none],
  ['CREATE INDEX ON orders (status)', 'no CREATE INDEX', none],
  ['ALTER TABLE orders ADD x int', 'no ALTER TABLE', none],
  ['DROP TABLE orders', 'no DROP TABLE', none],
  ['GRANT ALL ON orders TO PUBLIC', 'no GRANT', none],
  ['DISCARD ALL', 'no DISCARD', none],
  ['DEALLOCATE ALL', 'no DEALLOCATE', none],
  ['CLOSE ALL', 'no CLOSE', none],
  ['EXECUTE nothing', 'no EXECUTE', ['26000', '26000', '26000']],
  ['REFRESH MATERIALIZED VIEW totals', 'no REFRESH MATERIALIZED VIEW', free],
];

const merging: readonly Row[] = [
  [
    'MERGE INTO orders o USING archive a ON o.id = a.id WHEN MATCHED THEN DELETE',
    'writes: merges into orders',
    writes,
  ],
];

const before16: readonly Row[] = [['SELECT unlocks_by_clause()', 'reads', locked]];

const parser = createParser();
const timeouts = {statement: 10_000, lock: 1000};

interface Judged {
  readonly verdict: string;
  /** What is sent: what is explained, or all of a text that should not be. */
  readonly sent: string;
}

async function judge(sql: string): Promise<Judged> {
  const parsed = await parser.parse(sql);
  if (!parsed.ok) expect.fail(parsed.failure.message);
  const [first, ...others] = parsed.value;
  if (!first || others.length > 0) return {verdict: `${parsed.value.length} statements`, sent: sql};
  const verdict = verdictOf(first, sql);
  if (verdict.kind === 'not-explainable')
    return {
      verdict: `no ${/[A-Z ]+[A-Z]/.exec(verdict.why.replace('EXPLAIN does', ''))?.[0].trim()}`,
      sent: sql,
    };
  const {start, end} = verdict.explained;
  const what = 'what' in verdict ? `: ${verdict.what}` : '';
  return {verdict: `${verdict.kind}${what}`, sent: sql.slice(start, end)};
}

async function answerOf(session: Session, sql: string, guard?: Guard): Promise<Answer> {
  const mode = guard === undefined ? 'explain' : 'analyze';
  const explained = await explainStatement(session, {
    sql,
    mode,
    timeouts,
    ...(guard === undefined ? {} : {guard}),
  });
  expect(session.transactionStatus()).toBe('idle');
  return explained.ok ? 'plan' : (explained.failure.server?.sqlState ?? explained.failure.reason);
}

/** All of them on the oldest and the newest; a sixth on the others. */
function rowsFor(major: Major) {
  const sample = rows.filter((_row, index) => index % 6 === major % 6);
  const chosen = major === 14 || major === 18 ? rows : sample;
  const more = [...(major > 14 ? merging : []), ...(major < 16 ? before16 : [])];
  return [...chosen, ...more].map(([sql, verdict, answers, stays = []]) => ({sql, verdict, answers, stays}));
}

/** Large objects are guarded in a read-only transaction from 16 on; before, they are only rolled back. */
function expected(answers: Row[2], major: Major): readonly Answer[] {
  return answers.map(answer => (answer === 'lo' ? (major >= 16 ? '25006' : 'plan') : answer));
}

describe.each([14, 15, 16, 17, 18] as const)('the gate before PostgreSQL %i', major => {
  let database: GateDatabase;

  beforeAll(async () => {
    database = await createGateDatabase(major);
  });

  afterAll(() => database.drop());

  it.each(rowsFor(major))('$sql: $verdict', async ({sql, verdict, answers, stays}) => {
    const {session} = database;
    const judged = await judge(sql);
    expect(judged.verdict).toBe(verdict);
    const before = await database.snapshot();
    const given: Answer[] = [];
    for (const guard of [undefined, 'read-only'] as const) {
      given.push(await answerOf(session, judged.sent, guard));
      if (guard === undefined || !remainsReadOnly(verdict, stays))
        expect(await database.snapshot()).toEqual(before);
    }
    given.push(await answerOf(session, judged.sent, 'rolled-back'));
    expect(given).toEqual(expected(answers, major));
    expect(changed(before, await database.snapshot())).toEqual(stays);
  });
});

/** What no guard holds back stays after a read-only transaction as well. */
function remainsReadOnly(verdict: string, stays: readonly string[]): boolean {
  return stays.length > 0 && !verdict.startsWith('writes');
}

function changed(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.keys(before).filter(name => before[name] !== after[name]);
}
