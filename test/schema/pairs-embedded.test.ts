import {afterAll, beforeAll, describe, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {useRig} from '../embedded/rig.ts';
import {openOptions, value} from '../rig/sessions.ts';
import {oneWay, testPair} from './property.ts';
import {pairsFor} from './rig.ts';

describe('the embedded PostgreSQL', () => {
  const rig = useRig();
  let session: Session;
  beforeAll(async () => {
    const {password: _, ...options} = openOptions;
    session = value(await openSession((await rig.shared()).settings, options));
  });
  afterAll(async () => session.close());
  // The same sources as a real 18, on which all of them run.
  const some = pairsFor(18, 'embedded').filter((_, index) => index % 3 === 0);
  it.each(some.map(oneWay))('$about', async pair => testPair(session, pair, {both: false}));
  if (some.length === 0) it('has none of the chosen pairs', () => {});
});
