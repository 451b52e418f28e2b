-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=down; rows events=700000 projects=700000
-- ---
-- A constraint cannot be made NOT VALID again, and need not be.
SELECT 1;
