import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {historyEntry, type PlanRecord} from '../../../src/editor/explain/history-record.ts';
import {HistoryStore} from '../../../src/editor/explain/history-store.ts';
import {planText} from '../../../src/editor/explain/plan-text.ts';
import {madePlan, openedPlan} from '../../../src/editor/explain/shown-plan.ts';

let folder: string;
let store: HistoryStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-history-'));
  store = new HistoryStore(folder, () => 3);
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const statement = '0a1b2c3d4e5f6071';
const figures = {executionMs: 5, planningMs: 1, cost: 10, nodes: 2, shape: 'a'};

function record(id: string, at: number, more: Partial<PlanRecord> = {}): PlanRecord {
  return {
    version: 1,
    id,
    origin: {
      mode: 'analyze',
      connection: {
        name: 'shop',
        environment: 'development',
        address: 'app@db:5432/shop',
        database: 'shop',
        user: 'app',
        serverVersion: '17.10',
      },
      title: 'select 1',
      statement: 'select 1',
      parameters: [],
      guard: 'read-only',
      at,
      timeouts: {statement: 30_000, lock: 5000},
      notes: [],
    },
    connectionId: 'shop',
    length: 4,
    place: null,
    openedFrom: null,
    figures: null,
    ...more,
  };
}

async function keep(at: number, more: Partial<PlanRecord> = {}, group = statement): Promise<string> {
  const id = store.newId(group, at);
  await store.add(record(id, at, more), planText([`plan ${at}`]));
  return id;
}

async function textOf(id: string): Promise<string> {
  const text = await store.text(id);
  return text.ok ? [...text.value.pieces()].join('') : text.failure.message;
}

describe('the history', () => {
  it('gives back what it was given, in another window as well', async () => {
    const id = await keep(1);
    const other = new HistoryStore(folder, () => 3);
    expect(await other.find(id)).toEqual(record(id, 1));
    expect(await textOf(id)).toBe('plan 1');
  });

  it('lists the runs of a statement newest first, and keeps as many as it was told', async () => {
    const ids = [await keep(1), await keep(4), await keep(2), await keep(3)];
    const runs = await store.runsOf(ids[0] ?? '');
    expect(runs.map(({origin}) => origin.at)).toEqual([4, 3, 2]);
    expect(await textOf(ids[0] ?? '')).toBe('This plan is no longer kept.');
    expect((await readdir(join(folder, statement))).length).toBe(6);
  });

  it('lists the statements, the last explained first', async () => {
    await keep(1, {}, 'aaaa');
    await keep(5, {}, 'bbbb');
    await keep(6, {}, 'aaaa');
    const statements = await store.statements();
    expect(statements.map(({newest, runs}) => [newest.origin.at, runs])).toEqual([
      [6, 2],
      [5, 1],
    ]);
  });

  it('adds the figures, without which a run is not listed in the panel', async () => {
    const id = await keep(1);
    expect(historyEntry(record(id, 1))).toBeUndefined();
    const complete = await store.setFigures(id, figures);
    expect(complete && historyEntry(complete)).toEqual({
      id,
      at: 1,
      mode: 'analyze',
      connection: 'shop',
      ...figures,
    });
    expect((await store.find(id))?.figures).toEqual(figures);
  });

  it('passes over files that are not its own or are broken', async () => {
    const id = await keep(1);
    const broken = await keep(2);
    await writeFile(join(folder, statement, `${broken.slice(statement.length + 1)}.json`), '{"version":1');
    await writeFile(join(folder, statement, 'notes.json'), '{"version":2}');
    await writeFile(join(folder, 'notes.txt'), '');
    expect((await store.runsOf(id)).map(run => run.id)).toEqual([id]);
    expect(await store.statements()).toHaveLength(1);
  });

  it.each(['../../etc/passwd', `${statement}.../x`, '', 'x', '.x', 'a.b.c', 'a/b.c'])(
    'reads and deletes nothing for the id %j',
    async id => {
      await keep(1);
      expect(await store.find(id)).toBeUndefined();
      expect(await store.runsOf(id)).toEqual([]);
      await store.forget(id);
      expect(await store.statements()).toHaveLength(1);
    },
  );

  it('forgets one run, and all', async () => {
    const id = await keep(1);
    await keep(2);
    await store.forget(id);
    expect((await store.runsOf(id)).map(({origin}) => origin.at)).toEqual([2]);
    await store.clear();
    expect(await store.statements()).toEqual([]);
  });

  it('reads a plan that it did not keep from the file it was opened from', async () => {
    const openedFrom = join(folder, 'plan.json');
    await writeFile(openedFrom, 'from the file');
    const id = await keep(1, {openedFrom}, 'opened');
    await rm(join(folder, 'opened', `${id.slice('opened.'.length)}.plan`));
    expect(await textOf(id)).toBe('from the file');
  });

  it('tells of a slow run among those of the same connection only', async () => {
    const timed = async (
      at: number,
      executionMs: number,
      more: Partial<PlanRecord> = {},
    ): Promise<PlanRecord> => {
      const id = await keep(at, {...more, figures: {...figures, executionMs}});
      return (await store.find(id)) ?? record(id, at);
    };
    store = new HistoryStore(folder, () => 50);
    for (const at of [1, 2, 3]) await timed(at, 400, {connectionId: 'staging'});
    for (const at of [4, 5]) await timed(at, 10);
    expect(await store.alert(await timed(6, 300))).toBeUndefined();
    const alert = await store.alert(await timed(7, 300));
    expect(alert).toMatchObject({executionMs: 300, usualMs: 10, runs: 3, planChanged: false});
  });

  it.each([
    ['a plan that a server made, at once', madePlan, statement, 1],
    ['an opened text not before it was read as a plan', openedPlan, 'opened', 0],
  ] as const)('keeps %s', async (_, shown, group, before) => {
    const id = store.newId(group, 1);
    const plan = shown(store, record(id, 1), planText(['a plan']));
    await expect.poll(() => store.statements()).toHaveLength(before);
    await plan.keep();
    expect(await store.statements()).toHaveLength(1);
    expect(await textOf(id)).toBe('a plan');
    await store.forget(id);
    await plan.keep();
    expect(await store.statements()).toEqual([]);
  });

  it('costs the panel nothing where it cannot write', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const nowhere = new HistoryStore(file, () => 3);
    await nowhere.add(record(`${statement}.1`, 1), planText(['x']));
    expect(await nowhere.statements()).toEqual([]);
  });
});
