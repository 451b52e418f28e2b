-- corpus: tool=golang-migrate; history=shop; rows orders=9000000
-- expect: set-tablespace at "SET TABLESPACE fast_disks" #1
-- expect: set-tablespace at "SET TABLESPACE fast_disks" #2
-- ---
ALTER TABLE orders SET TABLESPACE fast_disks;
ALTER INDEX orders_user_id_idx SET TABLESPACE fast_disks;
