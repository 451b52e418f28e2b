// corpus: tool=node-pg-migrate; postgres=15
// ---
/* The DROP TABLE of last year is gone: pgm.sql('DROP TABLE devices') */
export const up = pgm => {
  pgm.sql(`
    CREATE TABLE devices (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      serial_number text NOT NULL UNIQUE,
      seen_at timestamptz
    );
    CREATE INDEX devices_seen_at_idx ON devices (seen_at);
  `);
};

export const down = pgm => {
  pgm.sql('DROP TABLE devices');
};
