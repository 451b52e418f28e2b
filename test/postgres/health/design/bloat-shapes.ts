/** A table with indexes, brought into some state by real statements. */
export interface BloatShape {
  readonly name: string;
  /** Makes the table `name`, and maybe the indexes that begin with its name. */
  readonly sql: string;
  /** What the estimate may be off by, as a share of the relation's size: of heap and indexes. */
  readonly off: {readonly heap: number; readonly index: number};
  /** On all versions, and not only on the newest: pages and entries have been the same since deduplication came with 13. */
  readonly everywhere?: boolean;
  /** pgstattuple takes what dropped columns leave in rows for rows. */
  readonly unseen?: boolean;
  /** Relations that are not estimated, in the order of their names. */
  readonly leftAlone?: readonly string[];
}

const rows = 50_000;
const close = {heap: 0.05, index: 0.05};

export const bloatShapes: readonly BloatShape[] = [
  {
    name: 'fresh',
    sql: `CREATE TABLE fresh (id int, at timestamptz, note text);
      INSERT INTO fresh SELECT g, now() - g * interval '1 min', repeat('x', g % 40) FROM generate_series(1, ${rows}) g;
      CREATE INDEX fresh_id ON fresh (id); CREATE INDEX fresh_at ON fresh (at, id); CREATE INDEX fresh_note ON fresh (note, id)`,
    off: close,
  },
  {
    name: 'half_deleted',
    everywhere: true,
    sql: `CREATE TABLE half_deleted (id bigint, note text);
      INSERT INTO half_deleted SELECT g, md5(g::text) FROM generate_series(1, ${rows}) g;
      CREATE INDEX half_deleted_id ON half_deleted (id); CREATE INDEX half_deleted_note ON half_deleted (note);
      DELETE FROM half_deleted WHERE id % 2 = 0`,
    off: {heap: 0.05, index: 0.1},
  },
  {
    name: 'updated_often',
    sql: `CREATE TABLE updated_often (id int PRIMARY KEY, n int, note text) WITH (autovacuum_enabled = off);
      INSERT INTO updated_often SELECT g, g, 'note ' || g FROM generate_series(1, ${rows}) g;
      CREATE INDEX updated_often_n ON updated_often (n);
      ${Array.from({length: 3}, (_, time) => `UPDATE updated_often SET n = n + ${rows * (time + 1)};`).join('')}`,
    off: close,
  },
  {
    name: 'inserted_anywhere',
    sql: `CREATE TABLE inserted_anywhere (id uuid);
      CREATE INDEX inserted_anywhere_id ON inserted_anywhere (id);
      INSERT INTO inserted_anywhere SELECT md5(g::text)::uuid FROM generate_series(1, ${rows}) g`,
    off: close,
  },
  {
    name: 'fillfactor_70',
    everywhere: true,
    sql: `CREATE TABLE fillfactor_70 (id int, note text) WITH (fillfactor = 70);
      INSERT INTO fillfactor_70 SELECT g, 'note ' || g FROM generate_series(1, ${rows}) g;
      CREATE INDEX fillfactor_70_id ON fillfactor_70 (id) WITH (fillfactor = 70)`,
    off: close,
  },
  {
    name: 'wide',
    everywhere: true,
    sql: `CREATE TABLE wide (id int, body text, n bigint);
      ALTER TABLE wide ALTER body SET STORAGE PLAIN;
      INSERT INTO wide SELECT g, repeat('x', 1500), g FROM generate_series(1, 5000) g;
      DELETE FROM wide WHERE id % 3 = 0`,
    off: close,
  },
  {
    name: 'wide_fixed',
    sql: `CREATE TABLE wide_fixed (${Array.from({length: 120}, (_, n) => `c${n} bigint NOT NULL`).join(', ')});
      INSERT INTO wide_fixed SELECT ${Array.from({length: 120}, () => 'g').join(', ')} FROM generate_series(1, 5000) g`,
    off: close,
  },
  {
    name: 'nulls',
    everywhere: true,
    sql: `CREATE TABLE nulls (id int, a bigint, b text, c timestamptz, d int, e bool, f bigint, g bigint, h bigint, i bigint);
      INSERT INTO nulls SELECT g, CASE WHEN g % 3 = 0 THEN g END, CASE WHEN g % 2 = 0 THEN 'x' || g END, NULL, g, NULL,
        NULL, NULL, CASE WHEN g % 5 = 0 THEN g END FROM generate_series(1, ${rows}) g;
      CREATE INDEX nulls_a ON nulls (a); CREATE INDEX nulls_b ON nulls (b, id)`,
    off: close,
  },
  {
    name: 'dropped_column',
    unseen: true,
    sql: `CREATE TABLE dropped_column (id int, gone text, note text);
      INSERT INTO dropped_column SELECT g, md5(g::text), 'n' || g FROM generate_series(1, ${rows}) g;
      ALTER TABLE dropped_column DROP gone`,
    off: close,
  },
  {
    name: 'toasted',
    sql: `CREATE TABLE toasted (id int, body text, note text);
      ALTER TABLE toasted ALTER body SET STORAGE EXTERNAL;
      INSERT INTO toasted SELECT g, repeat(md5(g::text), 100), repeat('x', 300) FROM generate_series(1, 5000) g;
      DELETE FROM toasted WHERE id % 2 = 0`,
    off: close,
  },
  {
    name: 'duplicates',
    sql: `CREATE TABLE duplicates (kind int, status text, customer bigint, price numeric, at date);
      INSERT INTO duplicates SELECT g % 5, CASE WHEN g % 100 = 0 THEN 'open' ELSE 'done' END, g % 2000, g % 50, '2026-01-01'::date + g % 3000
        FROM generate_series(1, 160000) g;
      CREATE INDEX duplicates_kind ON duplicates (kind); CREATE INDEX duplicates_status ON duplicates (status);
      CREATE INDEX duplicates_customer ON duplicates (customer); CREATE INDEX duplicates_price ON duplicates (price);
      CREATE INDEX duplicates_pair ON duplicates (customer, kind); CREATE INDEX duplicates_at ON duplicates (at) INCLUDE (kind);
      CREATE INDEX duplicates_plain ON duplicates (kind) WITH (deduplicate_items = off)`,
    off: {heap: 0.12, index: 0.1},
  },
  {
    name: 'duplicates_deleted',
    everywhere: true,
    sql: `CREATE TABLE duplicates_deleted (customer bigint);
      INSERT INTO duplicates_deleted SELECT g % 2000 FROM generate_series(1, 200000) g;
      CREATE INDEX duplicates_deleted_customer ON duplicates_deleted (customer);
      DELETE FROM duplicates_deleted WHERE customer % 4 <> 0`,
    off: {heap: 0.05, index: 0.1},
  },
  {
    name: 'part',
    sql: `CREATE TABLE part (id int, done bool, note text);
      INSERT INTO part SELECT g, g % 3 > 0, 'note ' || g FROM generate_series(1, 180000) g;
      CREATE INDEX part_open ON part (id) WHERE NOT done; CREATE INDEX part_lower ON part (upper(note))`,
    off: {heap: 0.08, index: 0.1},
  },
  {
    name: 'numbers',
    sql: `CREATE TABLE numbers (small smallint, price numeric(10,2), ok bool, at timestamp, tag varchar(20), day date);
      INSERT INTO numbers SELECT g % 100, g / 7.0, true, now(), 'tag' || g % 7, now() FROM generate_series(1, ${rows}) g;
      CREATE UNIQUE INDEX numbers_price ON numbers (price, tag, small, ok)`,
    off: {heap: 0.1, index: 0.1},
  },
  {
    name: 'other_methods',
    sql: `CREATE TABLE other_methods (id int, tags int[], note text);
      INSERT INTO other_methods SELECT g, ARRAY[g, g + 1], repeat('x', 100) FROM generate_series(1, 30000) g;
      CREATE INDEX other_methods_gin ON other_methods USING gin (tags);
      CREATE INDEX other_methods_hash ON other_methods USING hash (id)`,
    off: {heap: 0.05, index: 0},
    leftAlone: ['other_methods_gin', 'other_methods_hash'],
  },
  {
    name: 'emptied',
    sql: `CREATE TABLE emptied (id int, note text) WITH (autovacuum_enabled = off);
      INSERT INTO emptied SELECT g, 'note ' || g FROM generate_series(1, ${rows}) g;
      CREATE INDEX emptied_id ON emptied (id); ANALYZE emptied; DELETE FROM emptied WHERE id < ${rows}`,
    off: close,
  },
];
