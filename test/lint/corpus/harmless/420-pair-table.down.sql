-- corpus: tool=golang-migrate; postgres=15; direction=down
-- ---
DROP TABLE IF EXISTS parcels;
DROP TYPE IF EXISTS parcel_state;
