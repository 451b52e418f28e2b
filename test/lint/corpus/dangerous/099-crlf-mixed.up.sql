-- corpus: tool=golang-migrate; history=legacy
-- expect: index-not-concurrent at "INDEX" #1
-- expect: set-not-null-scans at "ALTER COLUMN \"Name\" SET NOT NULL" #1
-- because: what has to be written another way is the whole clause
-- ---
-- Von Windows aus geschrieben
CREATE INDEX "IX_Customers_Größe" ON "Customers" ("Größe");

/* 🚚 Lieferungen
   folgen */
ALTER TABLE "Customers" ALTER COLUMN "Name" SET NOT NULL;
