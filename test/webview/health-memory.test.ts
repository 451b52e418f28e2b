import {expect, it} from 'vitest';
import {healthPages, tab} from './health-page.ts';
import {someFindings} from './health-findings.ts';
import {session, sessionsPart, someSessions} from './health-sessions.ts';
import {at} from './health-units.ts';
import {seenPart, someReading, someSamples} from './health-values.ts';

const show = healthPages();

/** A few MB: what the engine keeps for itself differs from run to run. */
const tolerated = 4 * 1024 ** 2;

it('looks 500 times without keeping more nodes or memory', async () => {
  const {page, health} = await show({samples: someSamples(720)});
  const devtools = await page.context().newCDPSession(page);
  const measure = async (): Promise<{readonly heap: number; readonly nodes: number}> => {
    // A request that is answered is behind all that was sent before.
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'seenLooks') ?? 0), {timeout: 30_000})
      .toBe(sent);
    await devtools.send('HeapProfiler.collectGarbage');
    const {usedSize} = await devtools.send('Runtime.getHeapUsage');
    const {nodes} = await devtools.send('Memory.getDOMCounters');
    return {heap: usedSize, nodes};
  };
  await page.evaluate(() => {
    let looks = 0;
    window.addEventListener('message', () => Reflect.set(window, 'seenLooks', (looks += 1)));
  });
  let sent = 0;
  const look = (): void => {
    sent += 1;
    const now = at + sent * 5000;
    const churned = Array.from({length: 20}, (_, index) =>
      session(9000 + ((sent * 7 + index) % 500), {
        stateAt: now - index * 100,
        query: `SELECT ${sent} + ${index}`,
      }),
    );
    const [first, ...others] = someFindings;
    health.change({
      view: {
        findings: first
          ? [{...first, what: `Session 4021 blocks 4 sessions for ${sent} s`}, ...others.slice(sent % 3)]
          : [],
        generation: sent + 3,
        cost: {live: {serverMs: sent, elapsedMs: 20, rows: 300 + sent, statements: 9}},
      },
      reading: {
        ...someReading,
        sessions: {...seenPart(sessionsPart([...someSessions, ...churned])), at: now},
      },
      samples: [
        {at: now, connections: 30 + (sent % 9), rates: {seconds: 5, transactions: 200 + (sent % 90)}},
      ],
    });
  };
  const looks = async (count: number): Promise<void> => {
    for (const name of ['Overview', 'Sessions', 'Queries', 'Tables', 'Server']) {
      await tab(page, name).click();
      for (let one = 0; one < count / 5; one += 1) {
        look();
        if (one % 20 === 19) await page.evaluate(() => 0);
      }
      await page.evaluate(() => 0);
    }
    await tab(page, 'Overview').click();
  };
  await looks(50);
  const before = await measure();
  await looks(500);
  const after = await measure();
  expect(after.heap - before.heap).toBeLessThan(tolerated);
  expect(after.nodes - before.nodes).toBeLessThan(200);
});
