// corpus: tool=node-pg-migrate; history=queue; rows jobs_archive=8000000
// expect: unbatched-change at "UPDATE" #1
// expect: work-after-strong-lock at "UPDATE" #1
// ---
exports.shorthands = undefined;

exports.up = pgm => {
  pgm.sql(`
    ALTER TABLE jobs_archive ADD COLUMN attempts integer DEFAULT 0;
    UPDATE jobs_archive SET state = 'done';
  `);
};

exports.down = pgm => {
  pgm.sql('ALTER TABLE jobs_archive DROP COLUMN attempts');
};
