// corpus: tool=node-pg-migrate; history=queue; rows jobs_archive=8000000
// expect: unbatched-change at "UPDATE jobs_archive" #1
// because: with its table it says which rows
// expect: work-after-strong-lock at "UPDATE jobs_archive" #1
// because: the command is what belongs into another file
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
