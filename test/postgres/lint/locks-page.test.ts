import {afterAll, beforeAll, expect, it} from 'vitest';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {majors} from '../../rig/servers.ts';
import {ClaimServer} from './claim-rig.ts';
import {locksPage} from './locks-page.ts';
import {statementGroups} from './statements/all.ts';
import {statementSetup} from './statements/setup.ts';

const servers: ClaimServer[] = [];
const statements = statementGroups.flatMap(group =>
  group.statements.map(entry => (typeof entry === 'string' ? entry : entry[0])),
);

beforeAll(async () => {
  const parser = createParser();
  servers.push(...(await Promise.all(majors.map(major => ClaimServer.open(major, parser)))));
});

afterAll(async () => {
  await Promise.all(servers.map(server => server.close()));
});

it('lists each statement once, and enough of them', () => {
  expect(new Set(statements).size).toBe(statements.length);
  expect(statements.length).toBeGreaterThan(300);
});

// `npm run locks` writes the page as the servers show it.
it('is what PostgreSQL 14 to 18 show', {timeout: 240_000}, async () => {
  const shown = new Map(statements.map(sql => [sql, new Map<number, string>()]));
  await Promise.all(
    servers.map(async server => {
      for (const sql of statements)
        shown.get(sql)?.set(server.major, await server.observeAny(statementSetup, sql));
    }),
  );
  const inOrder = new Map(
    [...shown].map(([sql, byMajor]) => [sql, new Map([...byMajor].toSorted(([a], [b]) => a - b))]),
  );
  await expect(locksPage(statementGroups, inOrder)).toMatchFileSnapshot('../../../docs/locks.md');
});
