import {setImmediate} from 'node:timers/promises';
import {afterEach, describe, expect, it} from 'vitest';
import {HealthMonitor, type MonitorState} from '../../../src/editor/health/monitor.ts';
import {openSession} from '../../../src/postgres/connect.ts';
import {createDatabase} from '../../rig/databases.ts';
import {startPooler} from '../../rig/pgbouncer.ts';
import {startProxy} from '../../rig/proxy.ts';
import {openOptions, settingsFor} from '../../rig/sessions.ts';
import {startServer} from '../../rig/servers.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

function watching(place: {readonly port: number; readonly name?: string}, interval = 20): HealthMonitor {
  const monitor = new HealthMonitor(
    {
      open: ({signal}) => openSession(settingsFor(place), {...openOptions, signal}),
      pause: () => setImmediate(),
      options: () => ({off: new Set()}),
    },
    {interval},
  );
  const ended = monitor.run();
  endings.push(async () => {
    monitor.dispose();
    await ended;
  });
  return monitor;
}

/** Waits for what the monitor will come to see; the test's own time limit ends it. */
function until(monitor: HealthMonitor, holds: (state: MonitorState) => boolean): Promise<MonitorState> {
  return new Promise(resolve => {
    if (holds(monitor.state)) return resolve(monitor.state);
    const stop = monitor.onChange(state => {
      if (!holds(state)) return;
      stop();
      resolve(state);
    });
  });
}

/** Parts that were not seen; the extension is there where the test made it. */
const hiddenIn = ({reading}: MonitorState): readonly unknown[] =>
  Object.values(reading).filter(seen => seen?.kind === 'hidden');

const kindsOf = ({events}: MonitorState): readonly string[] => events.map(({happened}) => happened.kind);

describe('a server that is watched', () => {
  it('is looked at as a whole first, and then again and again', async () => {
    const database = await createDatabase(17);
    endings.push(() => database.drop());
    await database.sql('CREATE EXTENSION pg_stat_statements');
    const monitor = watching(database);
    const state = await until(monitor, ({wholeAt, samples}) => wholeAt !== null && samples.length > 3);
    expect(state.watching.kind).toBe('live');
    expect(hiddenIn(state)).toEqual([]);
    expect(state.cost.live?.serverMs).toBeGreaterThan(0);
    expect(state.cost.whole?.statements).toBeGreaterThan(state.cost.live?.statements ?? Infinity);
    expect(state.samples.at(-1)?.rates?.seconds).toBeGreaterThan(0);
  });

  it('is asked nothing while it is paused, or nobody can see it', async () => {
    const database = await createDatabase(18);
    endings.push(() => database.drop());
    const monitor = watching(database);
    const asked = async (): Promise<unknown> =>
      (
        await database.sql(
          `SELECT query_start FROM pg_stat_activity WHERE application_name = 'howdah-test' AND datname = '${database.name}'`,
        )
      )[0]?.['query_start'];
    await until(monitor, ({wholeAt, looking}) => wholeAt !== null && !looking);
    for (const stop of [() => monitor.pausing(true), () => monitor.rest(true)]) {
      stop();
      // The look that was under way ends first.
      await new Promise(resolve => setTimeout(resolve, 300));
      const before = await asked();
      await new Promise(resolve => setTimeout(resolve, 200));
      expect(await asked()).toEqual(before);
      const seen = monitor.state.samples.length;
      monitor.refreshLive();
      await until(monitor, ({samples}) => samples.length > seen);
      monitor.pausing(false);
      monitor.rest(false);
      await until(monitor, ({samples}) => samples.length > seen + 2);
    }
  });

  it('is connected to again by itself after it was restarted, and says so', async () => {
    const server = await startServer(16);
    endings.push(() => server.stop());
    const monitor = watching(server);
    await until(monitor, ({samples}) => samples.length > 1);
    await server.restart();
    const state = await until(monitor, now => kindsOf(now).includes('restarted'));
    expect(kindsOf(state)).toEqual(['lost', 'connected-again', 'restarted']);
    expect(state.watching.kind).toBe('live');
  });

  it('goes on after its connection was cut, and has no rate over the gap that is below zero', async () => {
    const database = await createDatabase(15);
    endings.push(() => database.drop());
    const proxy = await startProxy(database.port);
    endings.push(() => proxy.stop());
    const monitor = watching({port: proxy.port, name: database.name});
    await until(monitor, ({samples}) => samples.length > 2);
    proxy.cut();
    await until(monitor, state => kindsOf(state).includes('connected-again'));
    await database.sql('SELECT pg_stat_reset()');
    const state = await until(monitor, now => kindsOf(now).includes('statistics-reset'));
    expect(kindsOf(state)).toEqual(['lost', 'connected-again', 'statistics-reset']);
    const rates = state.samples.flatMap(({rates}) => (rates ? [Object.values(rates)] : [])).flat();
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0);
  });

  it('may stand behind a pooler that gives each transaction another session', async () => {
    const database = await createDatabase(14);
    endings.push(() => database.drop());
    await database.sql('CREATE EXTENSION pg_stat_statements');
    const pooler = await startPooler(database.port, {mode: 'transaction'});
    endings.push(() => pooler.stop());
    const monitor = watching({port: pooler.port, name: database.name});
    const state = await until(monitor, ({wholeAt, samples}) => wholeAt !== null && samples.length > 2);
    expect(hiddenIn(state)).toEqual([]);
    const settings = await database.sql('SHOW statement_timeout');
    expect(settings).toEqual([{statement_timeout: '0'}]);
  });
});
