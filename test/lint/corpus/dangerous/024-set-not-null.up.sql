-- corpus: tool=golang-migrate; history=shop; rows orders=5000000 users=1000000
-- expect: set-not-null-scans at "ALTER COLUMN note SET NOT NULL" #1
-- because: what has to be written another way is the whole clause
-- expect: set-not-null-scans at "alter phone set not null" #1
-- because: what has to be written another way is the whole clause
-- expect: work-after-strong-lock at "alter phone set not null" #1
-- because: the command is what belongs into another file
-- ---
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
alter table users alter phone set not null;
