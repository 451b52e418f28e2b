import {afterAll, beforeAll, expect, it} from 'vitest';
import type {Stage} from '../../../src/core/rehearse/stage.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {lockCases, lockSetup} from './lock-cases.ts';
import {seenBy} from './lock-rig.ts';

const rig = useStage();
const parser = createParser();
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
  for (const session of sessions.values()) value(await session.script(lockSetup));
});

afterAll(async () => {
  await stage?.release();
  for (const [name, session] of sessions) if (name !== 'embedded') await session.close();
  for (const database of databases) await database.drop();
});

const cases = lockCases.map(([sql, seen, since = {from: 14}]) => ({sql, seen, since}));

it.each(cases)('$sql', async ({sql, seen, since: {from, before}}) => {
  const found: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [name, session] of sessions) {
    const isThere = name === 'embedded' || Number(name) >= from;
    if (!isThere && before === undefined) continue;
    found[name] = await seenBy(session, parser, sql);
    expected[name] = isThere ? seen : (before ?? '');
  }
  expect(found).toEqual(expected);
});
