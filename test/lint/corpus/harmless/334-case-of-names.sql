-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE Ledger (ID bigint PRIMARY KEY, Note text);
CREATE INDEX Ledger_Note ON LEDGER (note);
ALTER TABLE "ledger" ALTER COLUMN NOTE SET NOT NULL;
ALTER TABLE public.ledger ADD UNIQUE (note);
