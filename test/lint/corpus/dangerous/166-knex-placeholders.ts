// corpus: tool=sql; history=saas; rows events=9000000
// expect: index-not-concurrent at "INDEX" #1
// expect: unbatched-change at "UPDATE app.events" #1
// ---
import type {Knex} from 'knex';

const schema = 'app';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`CREATE INDEX events_at_idx ON ${schema}.events (at)`);
  await knex.raw('UPDATE app.events SET kind = ?', ['unknown']);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`DROP INDEX ${schema}.events_at_idx`);
}
