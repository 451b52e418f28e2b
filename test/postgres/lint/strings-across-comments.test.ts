import pg from 'pg';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {parsePassage} from '../../../src/core/lint/parse-passage.ts';
import {createParseCache} from '../../../src/core/lint/parse-cache.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {startServer, type TestServer} from '../../rig/servers.ts';

const servers: TestServer[] = [];

beforeAll(async () => {
  servers.push(...(await Promise.all(([14, 18] as const).map(major => startServer(major)))));
});

afterAll(async () => {
  await Promise.all(servers.map(server => server.stop()));
});

/** The library's scanner refuses these. */
it.each([
  "SELECT 'a' -- more\n 'b'",
  "SELECT 'a'\n -- more\n -- and more\n 'b'",
  "SELECT E'a' -- more\n\n '\\';'",
])('a string goes on behind a comment: %j', async sql => {
  for (const server of servers) {
    const client = new pg.Client(server.url());
    await client.connect();
    const answer = client.query(sql);
    await expect(answer).resolves.toMatchObject({rowCount: 1});
    await client.end();
  }
  const {statements, errors} = await parsePassage(createParseCache(createParser()), sql);
  expect([statements.length, errors]).toEqual([1, []]);
});
