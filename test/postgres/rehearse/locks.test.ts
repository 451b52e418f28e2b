import {expect, it} from 'vitest';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {lockCases, lockSetup} from './lock-cases.ts';
import {seenBy} from './lock-rig.ts';
import {useSixServers} from './six-servers.ts';

const parser = createParser();
const sessions = useSixServers(lockSetup);

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
