-- corpus: tool=golang-migrate; history=saas
-- expect: rename-column at "RENAME email TO contact_email" #1
-- because: the new name is a part of the clause
-- ---
/* outer /* inner; */ still a comment; DROP TABLE app.members; */
ALTER/**/TABLE app.members RENAME email TO contact_email;
