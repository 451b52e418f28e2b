import {monitorEventLoopDelay} from 'node:perf_hooks';
import {setImmediate} from 'node:timers/promises';
import {Client} from 'pg';
import {assess} from '../../src/core/health/assess.ts';
import {liveParts, partNames, type PartName} from '../../src/core/health/parts.ts';
import type {ReadingCost} from '../../src/core/health/report.ts';
import {ok} from '../../src/core/outcome.ts';
import {HealthMonitor} from '../../src/editor/health/monitor.ts';
import {readHealth} from '../../src/postgres/health/read-health.ts';
import {makeIndexes} from '../rig/many-indexes.ts';
import type {TestServer} from '../rig/servers.ts';
import {mebibytes, median, milliseconds, type Figure} from './figure.ts';
import {must, openForReading} from './reading.ts';

const sizes = [
  [100, '≤ 300 ms'],
  [5000, '≤ 1,000 ms'],
  [50_000, '≤ 3,000 ms'],
] as const;

/** Looks of an hour, at one every seven seconds. */
const refreshes = 500;

/** Reading and judging indexes of several sizes, what a look costs, and what stays of many. */
export async function measureHealth(server: TestServer): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [count, goal] of sizes) {
    const database = `indexes_${count}`;
    await createDatabase(server, database);
    await makeIndexes(server.url(database), count);
    figures.push(...(await measureIndexes(server.url(database), count, goal)));
  }
  return [...figures, ...(await measureLooks(server.url('indexes_5000')))];
}

/** Until the rows of all indexes are there, on a connection that has to be made first. */
async function measureIndexes(url: string, count: number, goal: string): Promise<readonly Figure[]> {
  const what = `${count.toLocaleString('en')} indexes`;
  const first: number[] = [];
  const judging: number[] = [];
  const costs: ReadingCost[] = [];
  const holds: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const begun = performance.now();
    const delay = monitorEventLoopDelay({resolution: 1});
    delay.enable();
    const session = await openForReading(url);
    const read = must(await readHealth(session, ['indexes'], {pause: () => setImmediate()}));
    first.push(performance.now() - begun);
    const judged = performance.now();
    await assess(read.reading, {areas: ['indexes'], pause: () => setImmediate()});
    judging.push(performance.now() - judged);
    delay.disable();
    holds.push(delay.max / 1e6);
    costs.push(read.cost);
    await session.close();
  }
  return [
    {what: `${what}: connected and read`, measured: milliseconds(median(first)), goal},
    {what: `${what}: judged by all checks of indexes`, measured: milliseconds(median(judging))},
    {
      what: `${what}: the server's part`,
      measured: `${milliseconds(median(costs.map(({serverMs}) => serverMs)))}, ${costs[0]?.rows ?? 0} rows`,
    },
    {
      what: `${what}: longest hold of the event loop`,
      measured: milliseconds(Math.max(...holds)),
      goal: '≤ 50 ms',
    },
  ];
}

async function measureLooks(url: string): Promise<readonly Figure[]> {
  const session = await openForReading(url);
  const look = async (parts: readonly PartName[]): Promise<ReadingCost> =>
    must(await readHealth(session, parts)).cost;
  await look(partNames);
  const live = await look(liveParts);
  const whole = await look(partNames);
  await session.close();
  return [
    {what: 'one live look', measured: costWords(live)},
    {what: 'one look at everything, 5,000 indexes', measured: costWords(whole)},
    await measureMemory(url),
  ];
}

function costWords({serverMs, rows, statements}: ReadingCost): string {
  return `${milliseconds(serverMs)} of the server, ${statements} statements, ${rows} rows`;
}

/** What is kept after 500 looks more than after 20, of which the first are needed for what is loaded once. */
async function measureMemory(url: string): Promise<Figure> {
  const monitor = new HealthMonitor(
    {
      open: () => openForReading(url).then(ok),
      pause: () => setImmediate(),
      options: () => ({off: new Set()}),
    },
    {interval: 0},
  );
  const ended = monitor.run();
  const after = (looks: number): Promise<number> =>
    new Promise(resolve => {
      let seen = 0;
      const stop = monitor.onChange((_, {samples}) => {
        seen += samples.length;
        if (seen < looks) return;
        stop();
        globalThis.gc?.();
        resolve(process.memoryUsage().heapUsed);
      });
    });
  const begin = await after(20);
  const end = await after(refreshes);
  monitor.dispose();
  await ended;
  return {
    what: `${refreshes} looks: growth of the heap`,
    measured: mebibytes(Math.max(0, end - begin)),
    goal: 'none but 500 samples',
  };
}

async function createDatabase(server: TestServer, database: string): Promise<void> {
  const admin = new Client({connectionString: server.url()});
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
}
