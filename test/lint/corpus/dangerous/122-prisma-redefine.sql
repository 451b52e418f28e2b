-- corpus: tool=prisma; history=legacy
-- expect: drop-column at "DROP COLUMN \"Unit Price\"" #1
-- expect: not-null-without-default at "NOT NULL" #1
-- expect: foreign-key-validates at "ADD CONSTRAINT \"tbl_log_fk\" FOREIGN KEY (\"usr_id\") REFERENCES \"user\"(\"Id\") ON DELETE CASCADE ON UPDATE CASCADE" #1
-- because: what has to be written another way is the whole clause
-- expect: work-after-strong-lock at "ADD CONSTRAINT \"tbl_log_fk\" FOREIGN KEY (\"usr_id\") REFERENCES \"user\"(\"Id\") ON DELETE CASCADE ON UPDATE CASCADE" #1
-- because: Prisma sends the file as one query, so "Order Details" stays locked meanwhile
-- ---
-- AlterTable
ALTER TABLE "Order Details" DROP COLUMN "Unit Price",
ADD COLUMN     "unit_price" DECIMAL(12,2) NOT NULL;

-- DropIndex
DROP INDEX "IX_Log";

-- AddForeignKey
ALTER TABLE "tbl_log" ADD CONSTRAINT "tbl_log_fk" FOREIGN KEY ("usr_id") REFERENCES "user"("Id") ON DELETE CASCADE ON UPDATE CASCADE;
