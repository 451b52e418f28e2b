import {ends} from '../rig/servers.ts';
import {gooseFixture} from './goose-fixture.ts';
import {undoneFaults} from './undone-faults.ts';

for (const major of ends)
  undoneFaults(`goose on PostgreSQL ${major}`, async () => {
    const fixture = await gooseFixture(major);
    return {
      ...fixture,
      sql: async (number, up, {down = '', bare = false} = {}) => {
        const option = bare ? '-- +goose NO TRANSACTION\n' : '';
        const whole = (sql: string): string =>
          sql.includes('$$') ? `-- +goose StatementBegin\n${sql}\n-- +goose StatementEnd` : sql;
        await fixture.file(
          `${number}_it.sql`,
          `${option}-- +goose Up\n${whole(up)}\n-- +goose Down\n${whole(down)}\n`,
        );
      },
      recorded: async () => {
        const rows = await fixture.database.sql(
          `SELECT version_id FROM goose_db_version WHERE version_id > 0 ORDER BY version_id`,
        );
        return rows.map(({version_id: id}) => Number(id));
      },
    };
  });
