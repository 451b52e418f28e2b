-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE sales (sold_on date NOT NULL, sku text NOT NULL, PRIMARY KEY (sold_on, sku)) PARTITION BY RANGE (sold_on);
CREATE TABLE sales_2025 (LIKE sales INCLUDING ALL);
ALTER TABLE sales ATTACH PARTITION sales_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE sales_rest PARTITION OF sales DEFAULT;
CREATE TABLE sales_2026 PARTITION OF sales FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE sales DETACH PARTITION sales_2025;
DROP TABLE sales_2025;
