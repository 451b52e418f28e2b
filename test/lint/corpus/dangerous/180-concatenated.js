// corpus: tool=node-pg-migrate; history=shop
// expect: unbatched-change at "UPDATE \" + table" #1
// expect: drop-table at "payments" #1
// ---
const table = process.env.TABLE;

exports.up = pgm => {
  pgm.sql("UPDATE " + table + " SET note = NULL");
  pgm.sql('DROP TABLE payments');
};

exports.down = false;
