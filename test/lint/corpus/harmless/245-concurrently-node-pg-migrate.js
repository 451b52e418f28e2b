// corpus: tool=node-pg-migrate; postgres=15; history=shop; rows orders=8000000
// ---
exports.shorthands = undefined;

exports.up = pgm => {
  pgm.noTransaction();
  pgm.sql('CREATE INDEX CONCURRENTLY orders_coupon_idx ON orders (coupon) WHERE coupon IS NOT NULL');
};

exports.down = pgm => {
  pgm.noTransaction();
  pgm.sql('DROP INDEX CONCURRENTLY orders_coupon_idx');
};
