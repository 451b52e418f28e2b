-- corpus: tool=golang-migrate; history=legacy
-- expect: identifier-too-long at "\"Prüfungsergebnisübersichtsänderungsprotokolleinträge_für_Prüfer\"" #1
-- ---
-- 63 Bytes, nicht 63 Zeichen: jedes ü zählt doppelt
CREATE TABLE "Prüfungsergebnisübersichtsänderungsprotokolleinträge_für_Prüfer" (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY
);
