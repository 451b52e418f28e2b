-- corpus: tool=golang-migrate; history=legacy
-- expect: primary-key-builds-index at "PRIMARY KEY" #1
-- ---
-- Straßenverzeichnis bekommt endlich einen Schlüssel – 主キー
ALTER TABLE "Kunden"."Straßen" ADD PRIMARY KEY (id);
