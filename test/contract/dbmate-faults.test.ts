import {ends} from '../rig/servers.ts';
import {dbmateFixture} from './dbmate-fixture.ts';
import {undoneFaults} from './undone-faults.ts';

for (const major of ends)
  undoneFaults(`dbmate on PostgreSQL ${major}`, async () => {
    const fixture = await dbmateFixture(major);
    return {
      ...fixture,
      sql: async (number, up, {down = '', bare = false} = {}) => {
        const option = bare ? ' transaction:false' : '';
        await fixture.file(
          `db/migrations/${number}_it.sql`,
          `-- migrate:up${option}\n${up}\n-- migrate:down${option}\n${down}\n`,
        );
      },
      recorded: async () => {
        const rows = await fixture.database.sql(
          `SELECT version FROM schema_migrations ORDER BY version::int`,
        );
        return rows.map(({version}) => Number(version));
      },
    };
  });
