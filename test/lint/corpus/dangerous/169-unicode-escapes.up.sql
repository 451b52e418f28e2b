-- corpus: tool=golang-migrate; history=legacy
-- expect: drop-column at "DROP COLUMN U&\"Gr\\00F6\\00DFe\"" #1
-- ---
-- U&"Gr\00F6\00DFe" is "Größe"
ALTER TABLE "Customers" DROP COLUMN U&"Gr\00F6\00DFe";
