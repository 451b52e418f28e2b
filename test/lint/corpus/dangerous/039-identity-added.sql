-- corpus: tool=flyway; history=queue; postgres=18; rows jobs_archive=6000000
-- expect: identity-rewrites at "GENERATED ALWAYS AS IDENTITY" #1
-- ---
ALTER TABLE jobs_archive ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;
