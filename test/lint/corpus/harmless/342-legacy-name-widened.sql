-- corpus: tool=flyway; postgres=16; history=legacy; direction=up; rows "Customers"=4000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE "Customers" ALTER COLUMN "E-Mail" TYPE character varying(254);
