-- corpus: tool=golang-migrate; history=saas
-- expect: drop-schema at "billing" #1
-- because: each thing that is lost is marked by its name
-- because: one finding names all that goes with the schema, so none is needed at CASCADE
-- ---
DROP SCHEMA billing CASCADE;
