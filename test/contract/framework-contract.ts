import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunEvent, RunReport} from '../../src/core/migrations/plan.ts';
import type {Direction, Position} from '../../src/core/migrations/migration.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {RunOptions} from '../../src/frameworks/framework.ts';
import type {Fixture} from './fixture.ts';
import {must} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

/** What holds for every framework. Each test has a fixture of its own with three good migrations. */
export function frameworkContract(name: string, makeFixture: () => Promise<Fixture>): void {
  describe(`${name} keeps the contract`, () => {
    let fixture: Fixture;
    let session: Session;

    beforeEach(async () => {
      fixture = await makeFixture();
      session = must(await fixture.open());
      for (const number of [1, 2, 3]) await fixture.write(number, 'good');
    });

    afterEach(async () => {
      await session.close();
      await fixture.dispose();
    });

    const status = async () => must(await fixture.project.status(session, fixture.options));
    const plan = async (goal: Goal) => fixture.project.plan(await status(), goal, fixture.options);
    const ids = async () => must(await fixture.project.list()).migrations.map(({id}) => id);
    const run = async (goal: Goal, options: RunOptions = patient): Promise<Outcome<RunReport>> =>
      fixture.project.run(session, must(await plan(goal)), fixture.options, options, fixture.open);
    const at = async (number: number): Promise<Position> => {
      const id = (await ids())[number - 1];
      return id === undefined ? {kind: 'none'} : {kind: 'at', id};
    };
    const kinds = async () => (await status()).migrations.map(({state}) => state.kind);
    const directions = (): readonly Direction[] => (fixture.project.can.rollBack ? ['up', 'down'] : ['up']);
    /** A test about rolling back holds for frameworks that do; the others say why they do not. */
    const rollsBack = async (): Promise<boolean> => {
      if (fixture.project.can.rollBack) return true;
      must(await run({kind: 'apply-all'}));
      expect(fixture.project.can.why?.rollBack).toMatch(/\.$/);
      expect(await plan({kind: 'roll-back-last'})).toMatchObject({failure: {reason: 'unsupported'}});
      return false;
    };
    const idOf = async (number: number) => (await ids())[number - 1] ?? '';

    it('lists the history in order, without a connection', async () => {
      const history = must(await fixture.project.list());
      expect(history.migrations).toHaveLength(3);
      expect(history.problems).toEqual([]);
      expect(history.migrations.every(({up}) => up !== undefined)).toBe(true);
    });

    it('tells what each direction of a migration sends, with the places in its file', async () => {
      const [first] = must(await fixture.project.list()).migrations;
      if (!first) throw new Error('no migration');
      for (const direction of directions()) {
        const script = must(await fixture.project.script(first, direction, fixture.options));
        expect(script).toMatchObject({migration: first, direction, path: first[direction]});
        const sent = script.pieces.map(({start, end}) => script.sql.slice(start, end)).join('');
        expect(sent).toContain(direction === 'up' ? 'migration 1 ' : 'back from migration 1 ');
        expect(sent.includes('back from')).toBe(direction === 'down');
      }
    });

    it('reads the status of an untouched database and writes nothing', async () => {
      expect(await status()).toMatchObject({position: {kind: 'none'}, bookkeeping: {exists: false}});
      expect(await kinds()).toEqual(['pending', 'pending', 'pending']);
      expect(await status()).toMatchObject({bookkeeping: {exists: false}});
    });

    it.each<[string, readonly Goal['kind'][], number]>([
      ['one', ['apply-next'], 1],
      ['two, one by one', ['apply-next', 'apply-next'], 2],
      ['all', ['apply-all'], 3],
      ['all, and the last one back', ['apply-all', 'roll-back-last'], 2],
      ['all, and all back', ['apply-all', 'roll-back-all'], 0],
      ['all, back, and all again', ['apply-all', 'roll-back-all', 'apply-all'], 3],
    ])('runs %s', async (_name, goals, number) => {
      if (goals.some(kind => kind.startsWith('roll-back')) && !(await rollsBack())) return;
      for (const kind of goals) {
        const report = must(await run(goalOf(kind)));
        expect(report.stopped).toBeUndefined();
        expect(report.words).not.toBe('');
        expect(report.milliseconds).toBeGreaterThan(0);
      }
      expect((await status()).position).toEqual(await at(number));
      expect(await fixture.made(session)).toEqual([1, 2, 3].slice(0, number));
      expect(await kinds()).toEqual([1, 2, 3].map(each => (each <= number ? 'applied' : 'pending')));
      expect(session.transactionStatus()).toBe('idle');
    });

    it('applies up to a migration, rolls back to one, and leaves the database exactly there', async () => {
      const up = must(await run({kind: 'apply-to', id: await idOf(2)}));
      expect(up.position).toEqual(await at(2));
      expect(up.done.map(({step}) => step.migration.id)).toEqual([await idOf(1), await idOf(2)]);
      if (!fixture.project.can.rollBack) return;
      must(await run({kind: 'apply-all'}));
      const down = must(await run({kind: 'roll-back-to', id: await idOf(1)}));
      expect(down.position).toEqual(await at(1));
      expect(down.done.map(({step}) => step.migration.id)).toEqual([await idOf(3), await idOf(2)]);
      expect(await fixture.made(session)).toEqual([1]);
    });

    it('plans each step with the position it leads to', async () => {
      const planned = must(await plan({kind: 'apply-all'}));
      expect(planned).toMatchObject({direction: 'up', from: {kind: 'none'}});
      expect(planned.steps.map(({leads}) => leads)).toEqual([await at(1), await at(2), await at(3)]);
      if (!(await rollsBack())) return;
      must(await run({kind: 'apply-all'}));
      const back = must(await plan({kind: 'roll-back-all'}));
      expect(back).toMatchObject({direction: 'down', from: await at(3)});
      expect(back.steps.map(({leads}) => leads)).toEqual([await at(2), await at(1), {kind: 'none'}]);
    });

    it('tells progress for each migration, in order', async () => {
      const events: RunEvent[] = [];
      must(await run({kind: 'apply-all'}, {...patient, onEvent: event => void events.push(event)}));
      const told = events.flatMap(event =>
        event.kind === 'started' || event.kind === 'finished' ? [`${event.kind} ${event.index}`] : [],
      );
      expect(told).toEqual([0, 1, 2].flatMap(index => [`started ${index}`, `finished ${index}`]));
    });

    it.each<[string, Goal['kind'], number]>([
      ['apply', 'apply-next', 3],
      ['apply', 'apply-all', 3],
      ['roll back', 'roll-back-last', 0],
      ['roll back', 'roll-back-all', 0],
    ])('says that there is nothing to %s (%s)', async (_what, kind, number) => {
      if (kind.startsWith('roll-back') && !(await rollsBack())) return;
      if (number > 0) must(await run({kind: 'apply-all'}));
      expect(await plan(goalOf(kind))).toMatchObject({ok: false, failure: {reason: 'nothing-to-do'}});
    });

    it('stops at a migration that fails, names the place, and leaves what the framework leaves', async () => {
      await fixture.write(2, 'broken');
      const {failure} = fixture.traits;
      const report = must(await run({kind: 'apply-all'}));
      const kept = failure === 'run-undone' ? 0 : 1;
      expect(report.done.map(({step}) => step.migration.id)).toEqual((await ids()).slice(0, kept));
      expect(report.stopped).toMatchObject({
        step: {migration: {id: await idOf(2)}},
        failure: {reason: 'sql'},
        at: {start: {line: fixture.brokenLine}},
      });
      expect(await fixture.made(session)).toEqual([1].slice(0, kept));
      expect(session.transactionStatus()).toBe('idle');
      const marked = failure === 'marked';
      expect(report.position).toEqual(marked ? {kind: 'failed', id: await idOf(2)} : await at(kept));
      expect(await kinds()).toEqual([
        kept === 1 ? 'applied' : 'pending',
        marked ? 'failed' : 'pending',
        'pending',
      ]);
      expect((await plan({kind: 'apply-all'})).ok).toBe(!marked);
    });

    it('refuses to go on after a failure that is marked, and goes on at once after one that is not', async () => {
      await fixture.write(2, 'broken');
      must(await run({kind: 'apply-all'}));
      if (fixture.traits.failure === 'marked') {
        expect(await plan({kind: 'apply-all'})).toMatchObject({failure: {reason: 'dirty'}});
        const reason = fixture.project.can.rollBack ? 'dirty' : 'unsupported';
        expect(await plan({kind: 'roll-back-last'})).toMatchObject({failure: {reason}});
        return;
      }
      expect(await fixture.project.diagnose(session, await status(), fixture.options)).toMatchObject({
        failure: {reason: 'nothing-to-do'},
      });
      await fixture.write(2, 'good');
      expect(must(await run({kind: 'apply-all'})).position).toEqual(await at(3));
      expect(await fixture.made(session)).toEqual([1, 2, 3]);
    });

    it('diagnoses a failure that is marked, recommends one way out, and goes on after it', async () => {
      if (fixture.traits.failure !== 'marked') return;
      await fixture.write(2, 'broken');
      must(await run({kind: 'apply-all'}));
      const diagnosis = must(await fixture.project.diagnose(session, await status(), fixture.options));
      expect(diagnosis).toMatchObject({failedId: await idOf(2), direction: 'up'});
      const recommended = diagnosis.choices.filter(choice => choice.recommended);
      expect(recommended.map(({id}) => id)).toEqual([await idOf(1)]);
      const forced = must(await fixture.project.force(session, await at(1), fixture.options, patient));
      expect(forced.position).toEqual(await at(1));
      await fixture.write(2, 'good');
      expect(must(await run({kind: 'apply-all'})).position).toEqual(await at(3));
      expect(await fixture.made(session)).toEqual([1, 2, 3]);
    });

    it('refuses a plan whose status has moved, and runs nothing of it', async () => {
      const planned = must(await plan({kind: 'apply-all'}));
      must(await run({kind: 'apply-next'}));
      const again = await fixture.project.run(session, planned, fixture.options, patient, fixture.open);
      expect(again.ok).toBe(false);
      expect(await fixture.made(session)).toEqual([1]);
      expect((await status()).position).toEqual(await at(1));
    });

    it('runs nothing when one file of the plan is not text', async () => {
      const planned = must(await plan({kind: 'apply-all'}));
      await fixture.write(3, 'garbled');
      const report = await fixture.project.run(session, planned, fixture.options, patient, fixture.open);
      expect(report).toMatchObject({ok: false, failure: {reason: 'unreadable-file'}});
      expect(await plan({kind: 'apply-all'})).toMatchObject({
        ok: false,
        failure: {reason: 'unreadable-file'},
      });
      expect(await fixture.made(session)).toEqual([]);
      expect((await status()).position).toEqual({kind: 'none'});
    });

    it('runs nothing when it was cancelled before', async () => {
      const controller = new AbortController();
      controller.abort();
      const report = await run({kind: 'apply-all'}, {...patient, signal: controller.signal});
      expect(report.ok ? report.value.done : []).toEqual([]);
      expect(await fixture.made(session)).toEqual([]);
      expect((await status()).position).toEqual({kind: 'none'});
    });

    it('stops between two migrations when it is cancelled, and stands cleanly at the last one', async () => {
      const controller = new AbortController();
      const onEvent = (event: RunEvent): void => {
        if (event.kind === 'finished' && event.index === 0) controller.abort();
      };
      const report = must(await run({kind: 'apply-all'}, {...patient, signal: controller.signal, onEvent}));
      const kept = fixture.traits.failure === 'run-undone' ? 0 : 1;
      expect(report).toMatchObject({stopped: {failure: {reason: 'cancelled'}}, position: await at(kept)});
      expect(report.done).toHaveLength(kept);
      expect((await status()).position).toEqual(await at(kept));
      expect(await fixture.made(session)).toEqual([1].slice(0, kept));
      expect(must(await run({kind: 'apply-all'})).position).toEqual(await at(3));
    });

    it('says that the file of the current version is missing', async () => {
      must(await run({kind: 'apply-all'}));
      const last = await idOf(3);
      await fixture.remove(3);
      expect(await kinds()).toEqual(['applied', 'applied', 'missing-file']);
      expect((await status()).position).toEqual({kind: 'at', id: last});
      const reason = fixture.project.can.rollBack ? 'missing-file' : 'unsupported';
      expect(await plan({kind: 'roll-back-last'})).toMatchObject({failure: {reason}});
    });

    it('records a version without running a file, and none', async () => {
      const forced = must(await fixture.project.force(session, await at(3), fixture.options, patient));
      expect(forced.position).toEqual(await at(3));
      expect(await kinds()).toEqual(['applied', 'applied', 'applied']);
      const back = must(await fixture.project.force(session, await at(1), fixture.options, patient));
      expect(back.position).toEqual(await at(1));
      expect(await kinds()).toEqual(['applied', 'pending', 'pending']);
      const none = must(await fixture.project.force(session, {kind: 'none'}, fixture.options, patient));
      expect(none.position).toEqual({kind: 'none'});
      expect(await fixture.made(session)).toEqual([]);
    });

    it('records a version that no file has only where the tool does', async () => {
      const absent: Position = {kind: 'at', id: '987654'};
      const forced = await fixture.project.force(session, absent, fixture.options, patient);
      if (fixture.traits.forcesAbsent) expect(must(forced).position).toEqual(absent);
      else expect(forced).toMatchObject({failure: {reason: 'missing-file'}});
    });

    it('creates a migration at the end, and never over another', async () => {
      const request = {title: 'Add notes', up: 'SELECT 1;\n', down: 'SELECT 2;\n', now: new Date()};
      const label = await fixture.project.nextLabel(request.now);
      const drafted = must(await fixture.project.draft([request, request]));
      const first = must(await fixture.project.create(request));
      const second = must(await fixture.project.create(request));
      expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
      const {migrations} = must(await fixture.project.list());
      expect(migrations.slice(3).map(({up}) => up)).toEqual([first[0], second[0]]);
      expect(migrations[3]?.label).toBe(label);
      expect(drafted.map(({path}) => path)).toEqual([...first, ...second]);
      const texts = drafted.slice(0, first.length).map(({text}) => text);
      for (const direction of directions()) expect(texts.join('')).toContain(request[direction].trim());
      expect(await fixture.project.create({...request, title: ' ?! '})).toMatchObject({
        failure: {reason: 'invalid-input'},
      });
    });

    it('shows the SQL of a plan in the order in which it runs', async () => {
      must(await run({kind: 'apply-next'}));
      const planned = must(await plan({kind: 'apply-all'}));
      const sql = must(await fixture.project.sql(planned, fixture.options));
      const places = [2, 3].map(number => sql.indexOf(`migration ${number}`));
      expect(places.every(place => place >= 0)).toBe(true);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(sql).not.toContain('migration 1 ');
    });
  });
}

function goalOf(kind: Goal['kind']): Goal {
  return kind === 'apply-to' || kind === 'roll-back-to' ? {kind, id: ''} : {kind};
}
