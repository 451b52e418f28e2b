-- corpus: tool=sql; postgres=15; history=shop; direction=up; rows categories=45
-- ---
BEGIN;
LOCK TABLE categories IN ACCESS EXCLUSIVE MODE NOWAIT;
UPDATE categories SET slug = lower(slug);
COMMIT;
