// corpus: tool=node-pg-migrate; postgres=15
// ---
import type {MigrationBuilder} from 'node-pg-migrate';

const schema = 'stats';
const roles = ['reader', 'writer'];

export const up = (pgm: MigrationBuilder) => {
  pgm.sql(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  pgm.sql(`CREATE TABLE ${schema}.visits (day date PRIMARY KEY, visits bigint NOT NULL DEFAULT 0)`);
  for (const role of roles) pgm.sql(`GRANT SELECT ON ${schema}.visits TO ${role}`);
};

export const down = (pgm: MigrationBuilder) => {
  pgm.sql(`DROP TABLE ${schema}.visits`);
};
