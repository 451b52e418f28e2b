-- corpus: tool=golang-migrate; history=shop; rows orders=5000000 users=1000000
-- expect: set-not-null-scans at "SET NOT NULL" #1
-- expect: set-not-null-scans at "set not null" #1
-- expect: work-after-strong-lock at "set not null" #1
-- ---
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
alter table users alter phone set not null;
