-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE "table" (
    "select" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "from" text NOT NULL,
    "DROP TABLE" text,
    "a""b;" boolean NOT NULL DEFAULT false
);
CREATE INDEX "index" ON "table" ("from");
ALTER TABLE "table" ALTER COLUMN "DROP TABLE" SET NOT NULL;
COMMENT ON COLUMN "table"."a""b;" IS 'A name with a quote and a semicolon';
