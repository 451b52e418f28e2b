import {afterAll, beforeAll} from 'vitest';
import type {Stage} from '../../../src/core/rehearse/stage.ts';
import type {Session} from '../../../src/core/session.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

/**
 * @param setup run on each of them once
 * @returns a session by the name of its server, filled before the tests: `14` to `18`, and `embedded`
 */
export function useSixServers(setup: string): ReadonlyMap<string, Session> {
  const rig = useStage();
  const databases: TestDatabase[] = [];
  const sessions = new Map<string, Session>();
  let stage: Stage | undefined;
  beforeAll(async () => {
    for (const major of majors) {
      const database = await createDatabase(major);
      databases.push(database);
      sessions.set(String(major), await openFor(database));
    }
    stage = value(await rig.shared().open());
    sessions.set('embedded', value(await stage.session()));
    for (const session of sessions.values()) value(await session.script(setup));
  });
  afterAll(async () => {
    await stage?.release();
    for (const [name, session] of sessions) if (name !== 'embedded') await session.close();
    for (const database of databases) await database.drop();
  });
  return sessions;
}
