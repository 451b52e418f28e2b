-- corpus: tool=golang-migrate; history=legacy
-- expect: index-not-concurrent at "INDEX" #1
-- expect: set-not-null-scans at "SET NOT NULL" #1
-- ---
-- Von Windows aus geschrieben
CREATE INDEX "IX_Customers_Größe" ON "Customers" ("Größe");

/* 🚚 Lieferungen
   folgen */
ALTER TABLE "Customers" ALTER COLUMN "Name" SET NOT NULL;
