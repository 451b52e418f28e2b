// corpus: tool=node-pg-migrate; history=shop
// expect: index-not-concurrent at "INDEX" #1
// expect: check-validates at "ADD CONSTRAINT products_weight CHECK (weight_g > 0)" #1
// because: what has to be written another way is the whole clause
// expect: concurrently-in-transaction at "CONCURRENTLY" #1
// because: noTransaction() stands in up alone, and down runs in a transaction
// ---
import type {MigrationBuilder} from 'node-pg-migrate';

export async function up(pgm: MigrationBuilder): Promise<void> {
  pgm.noTransaction();
  pgm.sql('CREATE INDEX products_deleted_idx ON products (deleted_at)');
  pgm.sql(`ALTER TABLE products ADD CONSTRAINT products_weight CHECK (weight_g > 0)`);
}

export async function down(pgm: MigrationBuilder): Promise<void> {
  pgm.sql('ALTER TABLE products DROP CONSTRAINT products_weight');
  pgm.sql('DROP INDEX CONCURRENTLY products_deleted_idx');
}
