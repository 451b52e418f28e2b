-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE parcels (id bigint PRIMARY KEY, zip text NOT NULL, weight_g integer);
CREATE INDEX parcels_zip_idx ON parcels (zip);
DROP INDEX parcels_zip_idx;
CREATE INDEX parcels_zip_weight_idx ON parcels (zip, weight_g);
ALTER TABLE parcels ADD CONSTRAINT parcels_weight CHECK (weight_g > 0) NOT VALID;
ALTER TABLE parcels VALIDATE CONSTRAINT parcels_weight;
ALTER TABLE parcels DROP CONSTRAINT parcels_weight;
ALTER TABLE parcels DROP COLUMN weight_g;
