-- corpus: tool=golang-migrate; history=legacy
-- expect: primary-key-builds-index at "ADD PRIMARY KEY (id)" #1
-- because: what has to be written another way is the whole clause
-- ---
-- Straßenverzeichnis bekommt endlich einen Schlüssel – 主キー
ALTER TABLE "Kunden"."Straßen" ADD PRIMARY KEY (id);
