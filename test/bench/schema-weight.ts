import {readSchema} from '../../src/postgres/schema/read-schema.ts';
import {must, openForReading} from './reading.ts';
import type {Weight} from './weight.ts';

/** Reads the schema behind a URL once, and prints what that cost. */
async function main([url = '']: readonly string[]): Promise<void> {
  const session = await openForReading(url);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const watch = watchLoop();
  const snapshot = must(await readSchema(session));
  const {held, heap} = watch.end();
  globalThis.gc?.();
  const kept = process.memoryUsage().heapUsed - before;
  await session.close();
  if (snapshot.objects.size === 0) throw new Error('nothing was read');
  const weight: Weight = {kept, peak: heap - before, held};
  process.stdout.write(JSON.stringify(weight));
}

/** How long the loop was held at most, and the largest heap that was seen. */
function watchLoop(): {end(): {readonly held: number; readonly heap: number}} {
  let held = 0;
  let heap = 0;
  let last = performance.now();
  let ended = false;
  const look = (): void => {
    const now = performance.now();
    held = Math.max(held, now - last);
    last = now;
    heap = Math.max(heap, process.memoryUsage().heapUsed);
    if (!ended) setImmediate(look);
  };
  setImmediate(look);
  return {
    end: () => {
      ended = true;
      return {held, heap};
    },
  };
}

await main(process.argv.slice(2));
