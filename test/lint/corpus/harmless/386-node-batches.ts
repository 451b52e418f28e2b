// corpus: tool=node-pg-migrate; postgres=15; history=shop; rows orders=8000000
// ---
import type {MigrationBuilder} from 'node-pg-migrate';

export async function up(pgm: MigrationBuilder): Promise<void> {
  pgm.noTransaction();
  let changed: number;
  do {
    const {rowCount} = await pgm.db.query(`
      UPDATE orders SET note = '' WHERE id IN (SELECT id FROM orders WHERE note IS NULL LIMIT 5000)
    `);
    changed = rowCount ?? 0;
  } while (changed > 0);
}

export const down = false;
