import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Goal} from '../../src/core/migrations/plan.ts';
import {idsOf} from '../../src/core/migrations/position.ts';
import type {Session} from '../../src/core/session.ts';
import {alembicFixture, usualEnv, type AlembicFixture} from './alembic-fixture.ts';
import {envForAnew, runAnew, startCli, type AlembicCli, type CliAnswer} from './alembic-cli.ts';
import {lendDatabase} from './lent-database.ts';
import {must, openTo} from './sessions.ts';
import type {TestDatabase} from '../rig/databases.ts';

/** Two branches that are merged, one that is not, and a second base that depends on the first. */
const revisions: readonly (readonly [id: string, down: string, dependsOn?: string, labels?: string])[] = [
  ['r1', 'None'],
  ['r2', "'r1'"],
  ['a3', "'r2'", 'None', "('left',)"],
  ['a4', "'a3'"],
  ['b3', "'r2'"],
  ['m5', "('a4', 'b3')"],
  ['r6', "'m5'"],
  ['c3', "'r2'"],
  ['c4', "'c3'"],
  ['s1', 'None', 'None', "'second'"],
  ['s2', "'s1'", "'left'"],
  ['s3', "'s2'"],
];
const ids = revisions.map(([id]) => id);

/** One thing that a user does, as the extension and as the command line name it. */
interface Act {
  readonly goal?: Goal;
  readonly force?: readonly string[];
  readonly command: 'upgrade' | 'downgrade' | 'stamp';
  readonly target: readonly string[];
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

function actFor(random: (below: number) => number): Act {
  const id = ids[random(ids.length)] ?? 'r1';
  const acts: readonly Act[] = [
    {goal: {kind: 'apply-all'}, command: 'upgrade', target: ['heads']},
    {goal: {kind: 'apply-to', id}, command: 'upgrade', target: [id]},
    {goal: {kind: 'apply-to', id}, command: 'upgrade', target: [id]},
    {goal: {kind: 'roll-back-last'}, command: 'downgrade', target: ['-1']},
    {goal: {kind: 'roll-back-to', id}, command: 'downgrade', target: [id]},
    {goal: {kind: 'roll-back-to', id}, command: 'downgrade', target: [id]},
    {force: [id], command: 'stamp', target: [id]},
    random(3) === 0
      ? {goal: {kind: 'roll-back-all'}, command: 'downgrade', target: ['base']}
      : {goal: {kind: 'apply-all'}, command: 'upgrade', target: ['heads']},
  ];
  return acts[random(acts.length)] ?? {command: 'upgrade', target: ['heads']};
}

describe('Alembic’s command line and the extension in turn', () => {
  let fixture: AlembicFixture;
  let twin: TestDatabase;
  let session: Session;
  let beside: Session;
  let cli: AlembicCli;

  beforeAll(async () => {
    fixture = await alembicFixture(18, envForAnew + usualEnv);
    twin = await lendDatabase(18);
    session = must(await fixture.open());
    beside = must(await openTo(twin));
    for (const [id, down, dependsOn = 'None', labels = 'None'] of revisions)
      await fixture.revision(id, {
        down,
        dependsOn,
        labels,
        upgrade: `op.execute("CREATE TABLE IF NOT EXISTS ${id} (id int)")`,
        downgrade: `op.execute("DROP TABLE IF EXISTS ${id}")`,
      });
    cli = startCli(fixture.folder);
  });

  afterAll(async () => {
    cli.stop();
    await session.close();
    await beside.close();
    await twin.drop();
    await fixture.dispose();
  });

  /** The rows of the bookkeeping, and the tables that are there. */
  const stateOf = async (on: Session): Promise<unknown> => {
    const {rows} = must(
      await on.query(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
      ),
    );
    const tables = rows.map(({name}) => name);
    if (!tables.includes('alembic_version')) return {rows: [], tables};
    const books = must(await on.query('SELECT version_num AS id FROM alembic_version ORDER BY 1'));
    return {rows: books.rows.map(({id}) => id), tables: tables.filter(name => name !== 'alembic_version')};
  };
  const status = async () => must(await fixture.project.status(session, {}));
  const planned = async (goal: Goal) => fixture.project.plan(await status(), goal, {});
  const address = ({url}: TestDatabase): string => url.replace('postgres:', 'postgresql:');
  const patient = {lockTimeout: 0, statementTimeout: 0};

  /** @returns what ran, or why not */
  const byExtension = async ({goal, force}: Act): Promise<readonly string[] | string> => {
    if (!goal) {
      const [id = ''] = force ?? [];
      const forced = await fixture.project.force(session, {kind: 'at', id}, {}, patient, fixture.open);
      return forced.ok ? [] : forced.failure.reason;
    }
    const plan = await planned(goal);
    if (!plan.ok) return plan.failure.reason;
    const report = must(await fixture.project.run(session, plan.value, {}, patient, fixture.open));
    expect(report.stopped).toBeUndefined();
    return report.done.map(({step}) => step.migration.id);
  };

  const byTool = ({command, target}: Act, isAnew: boolean): Promise<CliAnswer> => {
    const url = address(fixture.database);
    return isAnew ? runAnew(fixture.folder, {command, url, target}) : cli.run(command, url, target);
  };

  it('agree after each of 220 random operations', async () => {
    const random = seeded(20_260_101);
    let refusals = 0;
    let anew = 0;
    for (let count = 0; count < 220; count += 1) {
      const act = actFor(random);
      const plan = act.goal ? await planned(act.goal) : undefined;
      const isOurs = random(7) === 0;
      const told = `${count}: ${isOurs ? 'extension' : 'cli'} ${act.command} ${act.target.join(' ')}`;
      // What is ambiguous Alembic decides by the order of rows; the extension does not.
      if (plan?.ok === false && plan.failure.reason === 'invalid-input' && act.target[0] === '-1') {
        refusals += 1;
        continue;
      }
      const ran = isOurs ? await byExtension(act) : undefined;
      const isAnew = !isOurs && random(8) === 0;
      anew += isAnew ? 1 : 0;
      const on = isOurs ? undefined : await byTool(act, isAnew);
      const alone = await cli.run(act.command, address(twin), act.target);
      const wanted = plan?.ok === true ? plan.value.steps.map(({migration}) => migration.id) : [];
      expect(alone.steps, told).toEqual(wanted);
      if (Array.isArray(ran)) expect(ran, told).toEqual(alone.steps);
      if (on) expect(on.steps, told).toEqual(alone.steps);
      if (on) expect(on.error === null, told).toBe(alone.error === null);
      expect(await stateOf(session), told).toEqual(await stateOf(beside));
      if (count % 4 > 0) continue;
      const {position} = await status();
      const {heads} = await cli.run('current', address(fixture.database), []);
      expect(idsOf(position).toSorted(), told).toEqual(heads.toSorted());
    }
    expect(refusals).toBeLessThan(60);
    expect(anew).toBeGreaterThan(8);
    expect(anew).toBeLessThan(35);
  }, 400_000);
});
