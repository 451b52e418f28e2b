-- corpus: tool=golang-migrate; history=saas
-- expect: enum-rename at "RENAME VALUE 'owner' TO 'proprietor'" #1
-- ---
ALTER TYPE app.member_role RENAME VALUE 'owner' TO 'proprietor';
