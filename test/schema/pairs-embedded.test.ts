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
  it.each(pairsFor(18, 'embedded').map(oneWay))('$about', async pair =>
    testPair(session, pair, {both: false}),
  );
});
