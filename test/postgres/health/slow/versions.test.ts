import {describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {createDatabase} from '../../../rig/databases.ts';
import {startServer} from '../../../rig/servers.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {dropWithRoles, foundBy, makeRoles, readAs} from './roles.ts';

const parts = ['tables', 'settings', 'security', 'statements', 'extensions'] as const;

describe.each([15, 16, 17] as const)('PostgreSQL %i', major => {
  it('is read by every role', async () => {
    const database = await createDatabase(major, 'versions');
    await makeRoles(database);
    await database.sql(`CREATE EXTENSION pg_stat_statements; CREATE TABLE loose (id int);
      CREATE POLICY p ON loose USING (true); GRANT ALTER SYSTEM ON PARAMETER work_mem TO "${database.name}_ordinary"`);
    for (const who of ['superuser', 'monitor', 'ordinary'] as const) {
      const reading = await readAs(database, who, parts);
      for (const part of parts) expect([part, reading[part]]).toMatchObject([part, {kind: 'seen'}]);
      expect(foundBy(await assess(reading), 'row-security-without-policy')).toHaveLength(1);
      const may = reading.settings?.kind === 'seen' ? reading.settings.value.rows : [];
      const alterable = may.filter(row => row.alterable === true).map(({name}) => name);
      if (who === 'superuser') expect(alterable).toHaveLength(may.length);
      else expect(alterable).toEqual(who === 'ordinary' ? ['work_mem'] : []);
    }
    // An extension whose files are gone from the server.
    await database.sql(
      "CREATE EXTENSION pg_trgm; UPDATE pg_extension SET extname = 'ghost' WHERE extname = 'pg_trgm'",
    );
    const ghost = await readAs(database, 'superuser', ['extensions']);
    const rows = ghost.extensions?.kind === 'seen' ? ghost.extensions.value.rows : [];
    expect(rows.filter(({name}) => name === 'ghost')).toEqual([
      {name: 'ghost', schema: 'public', installed: '1.6'},
    ]);
    await database.sql(`REVOKE ALTER SYSTEM ON PARAMETER work_mem FROM "${database.name}_ordinary"`);
    await dropWithRoles(database);
  });
});

it('reads a standby, which is told nothing that only its primary can do', async () => {
  const server = await startServer(18, {standby: true});
  const session = await openFor(server);
  const {reading} = value(await readHealth(session, parts));
  await session.close();
  await server.stop();
  for (const part of ['tables', 'settings', 'security', 'extensions'] as const)
    expect([part, reading[part]]).toMatchObject([part, {kind: 'seen'}]);
  const {findings} = await assess(reading, {areas: ['tables', 'vacuum']});
  expect(findings).toEqual([]);
});
