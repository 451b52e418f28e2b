/** A table of 150,000 rows with columns of all kinds, and its indexes: those that are told of and near misses. */
export const factsSql = `
CREATE TABLE customers (id int PRIMARY KEY); INSERT INTO customers SELECT generate_series(0, 999);
CREATE TABLE facts (id int PRIMARY KEY, customer_id int NOT NULL, open bool NOT NULL, done bool NOT NULL, status text NOT NULL,
  kind int NOT NULL, lane int NOT NULL, sorted int NOT NULL, paid_at timestamptz, owner_id int REFERENCES customers, created_at timestamptz NOT NULL,
  day date NOT NULL, month timestamptz NOT NULL, note text NOT NULL);
INSERT INTO facts SELECT g, hashint4(g) & 1023, hashint4(g) & 1 = 0, hashint4(g) % 50 <> 0,
  CASE hashint4(g) % 40 WHEN 0 THEN 'it''s open' ELSE 'done' END, hashint4(g) & 3, hashint4(g) & 7, g / 50000,
  CASE WHEN g % 50 = 0 THEN now() END, CASE WHEN g % 50 = 0 THEN g % 1000 END, now() - g * interval '1 min',
  now() - g * interval '1 min', date_trunc('month', now() - g * interval '1 min'), repeat('x', 20)
  FROM generate_series(1, 150000) g;
CREATE INDEX facts_open ON facts (open);
CREATE INDEX facts_done ON facts (done);
CREATE INDEX facts_status ON facts (status);
CREATE INDEX facts_kind ON facts (kind);
CREATE INDEX facts_lane ON facts (lane);
CREATE INDEX facts_sorted ON facts (sorted);
CREATE INDEX facts_paid_at ON facts (paid_at);
CREATE INDEX facts_paid_rest ON facts (paid_at, customer_id) WHERE paid_at IS NOT NULL;
CREATE INDEX facts_owner ON facts (owner_id);
CREATE INDEX facts_time_first ON facts (created_at, customer_id);
CREATE INDEX facts_paging ON facts (created_at DESC, id DESC);
CREATE INDEX facts_time_last ON facts (customer_id, created_at);
CREATE INDEX facts_day ON facts (day, kind);
CREATE INDEX facts_month ON facts (month, status);
CREATE TABLE small_facts (id int PRIMARY KEY, open bool, created_at timestamptz, customer_id int);
INSERT INTO small_facts SELECT g, g % 2 = 0, now() - g * interval '1 min', g FROM generate_series(1, 5000) g;
CREATE INDEX small_facts_open ON small_facts (open);
CREATE INDEX small_facts_time ON small_facts (created_at, customer_id);
`;

/** Three quarters of the rows go. Nothing is compressed, so few rows make the sizes that count. */
export const bloatSql = `
CREATE TABLE bloated (id int PRIMARY KEY, key text NOT NULL, body text NOT NULL) WITH (autovacuum_enabled = off);
ALTER TABLE bloated ALTER key SET STORAGE PLAIN, ALTER body SET STORAGE PLAIN;
INSERT INTO bloated SELECT g, lpad(g::text, 700, 'k'), repeat('x', 850) FROM generate_series(1, 30000) g;
CREATE INDEX bloated_key ON bloated (key);
DELETE FROM bloated WHERE id % 4 <> 0;
CREATE TABLE parted_bloat (id int, key text NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE parted_bloat_1 PARTITION OF parted_bloat FOR VALUES FROM (0) TO (10000) WITH (autovacuum_enabled = off);
CREATE TABLE parted_bloat_2 PARTITION OF parted_bloat FOR VALUES FROM (10000) TO (20000) WITH (autovacuum_enabled = off);
ALTER TABLE parted_bloat ALTER key SET STORAGE PLAIN;
INSERT INTO parted_bloat SELECT g, lpad(g::text, 700, 'k') FROM generate_series(0, 19999) g;
CREATE INDEX parted_bloat_key ON parted_bloat (key);
DELETE FROM parted_bloat WHERE id % 4 <> 0;
CREATE TABLE less_bloated (id int PRIMARY KEY, key text NOT NULL) WITH (autovacuum_enabled = off);
ALTER TABLE less_bloated ALTER key SET STORAGE PLAIN;
INSERT INTO less_bloated SELECT g, lpad(g::text, 700, 'k') FROM generate_series(1, 20000) g;
CREATE INDEX less_bloated_key ON less_bloated (key);
DELETE FROM less_bloated WHERE id % 5 > 2;
`;

/** Written ten thousand times and hardly read. */
export const hotSql = `
CREATE TABLE hot (id int PRIMARY KEY, ${columns(7)});
${indexes('hot')}
INSERT INTO hot SELECT ${Array.from({length: 8}, () => 'g').join(', ')} FROM generate_series(1, 71000) g;
CREATE TABLE lukewarm (id int PRIMARY KEY, ${columns(7)});
${indexes('lukewarm')}
INSERT INTO lukewarm SELECT ${Array.from({length: 8}, () => 'g').join(', ')} FROM generate_series(1, 1000) g;
CREATE TABLE hot_and_slim (id int PRIMARY KEY, ${columns(7)});
INSERT INTO hot_and_slim SELECT ${Array.from({length: 8}, () => 'g').join(', ')} FROM generate_series(1, 71000) g;
`;

function columns(count: number): string {
  return Array.from({length: count}, (_, number) => `c${number} int NOT NULL`).join(', ');
}

function indexes(table: string): string {
  return Array.from({length: 7}, (_, number) => `CREATE INDEX ON ${table} (c${number});`).join('\n');
}

/** What looks for rare rows uses its index, and what looks for common ones does not. */
export const useSql = `
SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off;
SELECT count(*) FROM (SELECT created_at FROM facts ORDER BY created_at DESC, id DESC LIMIT 10) AS x;
SELECT * FROM facts WHERE lane = 1 LIMIT 1;
`;

/** The lines of the findings; shares of a sample differ by a percent from time to time. */
export const indexFindings: readonly string[] = [
  'index-bloated information bloated_key is 7# % empty',
  'index-bloated information parted_bloat_key is 7# % empty in 2 partitions',
  'index-low-cardinality information facts_done holds one value in 9# % of its entries',
  'index-low-cardinality information facts_kind tells 4 values apart in 150,000 rows',
  'index-low-cardinality information facts_open tells 2 values apart in 150,000 rows',
  'index-low-cardinality information facts_status holds one value in 9# % of its entries',
  'index-null-heavy information facts_owner holds NULL in 9# % of its entries',
  'index-null-heavy information facts_paid_at holds NULL in 9# % of its entries',
  'index-timestamp-not-last information facts_time_first has the timestamp created_at before customer_id',
  'table-bloated information bloated is 7# % empty',
];
