// corpus: tool=node-pg-migrate; postgres=15
// ---
const danger = /pgm\.sql\('DROP TABLE orders'\)/;
// pgm.sql('TRUNCATE orders');
exports.up = pgm => {
  if (danger.test("pgm.sql('DROP TABLE orders')")) console.log(`never: ${'pgm.sql("DROP TABLE x")'}`);
  pgm.sql("CREATE SCHEMA IF NOT EXISTS tools");
};
exports.down = pgm => {
  pgm.sql('DROP SCHEMA tools');
};
