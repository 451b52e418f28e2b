-- corpus: tool=golang-migrate; history=legacy; postgres=14; rows tbl_log=9000000
-- expect: foreign-key-validates at "ADD CONSTRAINT \"FK_log_user\" FOREIGN KEY (\"usr_id\") REFERENCES \"user\" (\"Id\") ON UPDATE CASCADE" #1
-- ---
-- beide Seiten: "user" und tbl_log
ALTER TABLE tbl_log DROP CONSTRAINT tbl_log_usr_id_fkey,
  ADD CONSTRAINT "FK_log_user" FOREIGN KEY ("usr_id") REFERENCES "user" ("Id") ON UPDATE CASCADE ;
