import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import {startDebianServer, type DebianServer} from '../../rig/debian-server.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {violations} from './corpus/invariants.ts';

// The servers from npm are built without LLVM.
describe('just-in-time compilation', () => {
  let server: DebianServer;
  beforeAll(async () => {
    server = await startDebianServer();
  });
  afterAll(() => server.stop());

  it('takes time inside the nodes, and leaves every sum as it was', async () => {
    const session = await openFor(server);
    value(await session.script('SET jit = on; SET jit_above_cost = 0; SET jit_inline_above_cost = 0'));
    const [text = ''] = value(
      await session.texts(
        'EXPLAIN (ANALYZE, VERBOSE, BUFFERS, FORMAT JSON) SELECT sum(n * 2) FROM generate_series(1, 1000) AS g(n)',
      ),
    );
    await session.close();
    const [plan] = value(planOfJson(JSON.parse(text), text));
    const attribution = plan ? attribute(plan) : expect.fail('no plan');
    expect(violations(attribution)).toEqual([]);
    expect(attribution.jitMs).toBeGreaterThan(0);
    expect(attribution.executionMs).toBeGreaterThan(attribution.jitMs ?? Infinity);
  });
});
