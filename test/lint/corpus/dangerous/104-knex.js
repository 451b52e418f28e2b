// corpus: tool=sql; history=shop; rows orders=5000000
// expect: index-not-concurrent at "INDEX" #1
// expect: type-change at "TYPE double precision" #1
// ---
/** Orders get a public number. */
exports.up = async function up(knex) {
  await knex.raw(`CREATE INDEX orders_note_idx ON orders (note)`);
  await knex.raw("ALTER TABLE orders ALTER COLUMN total TYPE double precision");
};

exports.down = async knex => {
  await knex.raw('DROP INDEX orders_note_idx');
};
