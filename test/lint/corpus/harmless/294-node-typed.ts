// corpus: tool=node-pg-migrate; postgres=15; history=saas; rows app.projects=700000
// ---
import type {MigrationBuilder} from 'node-pg-migrate';

const message = 'ALTER TABLE app.projects ALTER COLUMN title TYPE varchar(10)';

export async function up(pgm: MigrationBuilder): Promise<void> {
  console.log(message, 'TRUNCATE app.projects');
  pgm.sql("SET LOCAL lock_timeout = '2s'");
  pgm.sql("ALTER TABLE app.projects ADD COLUMN color text NOT NULL DEFAULT 'blue'");
}

export async function down(pgm: MigrationBuilder): Promise<void> {
  pgm.sql("SET LOCAL lock_timeout = '2s'");
  pgm.sql('ALTER TABLE app.projects DROP COLUMN color');
}
