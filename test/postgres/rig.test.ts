import {expect, it} from 'vitest';
import {createDatabase} from '../rig/databases.ts';
import {majors} from '../rig/servers.ts';

it.each(majors)('a real PostgreSQL %i answers', async major => {
  const database = await createDatabase(major);
  const [row] = await database.sql('SELECT current_setting($$server_version_num$$)::int / 10000 AS major');
  expect(row).toEqual({major});
  await database.drop();
});
