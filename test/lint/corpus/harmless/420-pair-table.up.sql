-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TYPE parcel_state AS ENUM ('new', 'sent');
CREATE TABLE parcels (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state parcel_state NOT NULL DEFAULT 'new'
);
CREATE INDEX parcels_state_idx ON parcels (state);
GRANT SELECT ON parcels TO shop_reader;
