-- corpus: tool=golang-migrate; history=saas
-- expect: rename-column at "RENAME email TO" #1
-- ---
/* outer /* inner; */ still a comment; DROP TABLE app.members; */
ALTER/**/TABLE app.members RENAME email TO contact_email;
