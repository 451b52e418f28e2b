import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {RehearsalReport} from '../../../src/core/rehearse/report.ts';
import type {Stage} from '../../../src/core/rehearse/stage.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {rehearse} from '../../../src/postgres/rehearse/rehearse.ts';
import {openScratchStage} from '../../../src/postgres/rehearse/scratch.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {ok} from '../../../src/core/outcome.ts';

const parser = createParser();
const base = 'CREATE TABLE orders (id int PRIMARY KEY, note text); CREATE TYPE mood AS ENUM ($$sad$$);';

describe.each(majors)('on a scratch database of %i, with a target', major => {
  let database: TestDatabase;
  let live: Session;
  let stage: Stage;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(
      `${base} INSERT INTO orders SELECT g, nullif(g, 7)::text FROM generate_series(1, 100) AS g; ANALYZE`,
    );
    live = await openFor(database);
    stage = value(await openScratchStage(async name => ok(await openFor({port: database.port, name}))));
  });
  afterAll(async () => {
    await stage.release();
    await live.close();
    await database.drop();
  });

  const report = async (
    files: readonly (readonly [up: string, down: string])[],
  ): Promise<RehearsalReport> => {
    const steps = files.map(([up, down], index) => ({
      up: scriptOf(up, {id: String(index + 1)}),
      down: scriptOf(down, {id: String(index + 1), direction: 'down'}),
    }));
    const done = value(
      await rehearse(
        {stage, parser, live},
        {project: 'p', history: [scriptOf(base, {id: '0'})], steps, target: 'production'},
        {liveData: true},
      ),
    );
    return done.kind === 'report' ? done.report : expect.fail(done.stop.failure.message);
  };

  it('joins what it observes with the target’s sizes and rows', async () => {
    const {steps, ...rest} = await report([
      [
        'ALTER TABLE orders ALTER note SET NOT NULL;\nALTER TABLE orders ADD x int;',
        'ALTER TABLE orders DROP x;\nALTER TABLE orders ALTER note DROP NOT NULL;',
      ],
    ]);
    expect(rest).toMatchObject({where: 'scratch', target: 'production', replay: {files: 1}});
    expect(rest.version).toMatch(new RegExp(`^${major}\\.`));
    const [step] = steps;
    expect(step).toMatchObject({verdict: 'passes', undo: {kind: 'undone'}});
    expect(step?.statements[0]?.locks[0]).toMatchObject({facts: {rows: 100}});
    expect(step?.statements[0]?.words[0]).toMatch(/^ACCESS EXCLUSIVE on public\.orders \(\d+ kB/);
    expect(step?.liveData).toMatchObject([
      {
        what: 'NOT NULL on public.orders.note',
        at: {start: {line: 0}},
        result: {kind: 'offends', rows: 1, example: 'id = 7'},
      },
    ]);
    expect(live.transactionStatus()).toBe('idle');
  });

  it('counts the rows that would go', async () => {
    const {steps} = await report([['ALTER TABLE orders DROP note', 'ALTER TABLE orders ADD note text']]);
    expect(steps[0]?.dataLoss).toMatchObject([{direction: 'up', grade: 'existing', rows: 99}]);
  });

  it('goes on behind what runs outside of transactions, and behind new labels', async () => {
    const {steps} = await report([
      ['CREATE INDEX CONCURRENTLY i ON orders (note)', 'DROP INDEX CONCURRENTLY i'],
      ["ALTER TYPE mood ADD VALUE 'good'", '-- labels stay'],
      [
        "CREATE TABLE m (mood mood DEFAULT 'good'); DROP INDEX i",
        'CREATE INDEX i ON orders (note); DROP TABLE m',
      ],
    ]);
    expect(steps.map(({verdict, undo}) => [verdict, undo.kind])).toEqual([
      ['passes', 'undone'],
      ['passes', 'differs'],
      ['passes', 'undone'],
    ]);
    expect(steps[0]?.statements[0]).toMatchObject({
      transaction: 'alone',
      howLocksAreKnown: 'documented',
      locks: [{relation: 'public.orders', mode: 'SHARE UPDATE EXCLUSIVE', facts: {rows: 100}}],
    });
  });
});
