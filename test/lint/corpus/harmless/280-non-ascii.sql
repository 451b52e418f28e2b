-- corpus: tool=golang-migrate; postgres=15; history=legacy; direction=up; rows "Kunden"."Straßen"=500000
-- ---
-- Für die Suche nach Straßen: 名前 ist schon indiziert – 🚀 hier kommt nur eine Spalte dazu.
SET LOCAL lock_timeout = '2s';
ALTER TABLE "Kunden"."Straßen" ADD COLUMN "größe_in_m²" numeric;
COMMENT ON COLUMN "Kunden"."Straßen"."größe_in_m²" IS 'Fläche – „DROP TABLE“ 🚧';
