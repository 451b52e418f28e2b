-- corpus: tool=flyway; postgres=14; direction=up
-- ---
CREATE TABLE coupon (
    id bigint NOT NULL,
    code text,
    percent numeric(5, 2),
    valid_from date,
    valid_to date
);

ALTER TABLE coupon ADD CONSTRAINT coupon_pkey PRIMARY KEY (id);
ALTER TABLE coupon ADD CONSTRAINT coupon_code_key UNIQUE (code);
ALTER TABLE coupon ALTER COLUMN code SET NOT NULL;
ALTER TABLE coupon ADD CONSTRAINT coupon_percent_check CHECK (percent > 0 AND percent <= 100);
ALTER TABLE coupon ADD CONSTRAINT coupon_dates_check CHECK (valid_to >= valid_from);
CREATE INDEX coupon_valid_to_idx ON coupon (valid_to);
