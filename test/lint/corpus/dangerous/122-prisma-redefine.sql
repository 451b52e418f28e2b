-- corpus: tool=prisma; history=legacy
-- expect: drop-column at "DROP COLUMN \"Unit Price\"" #1
-- expect: not-null-without-default at "NOT NULL" #1
-- expect: foreign-key-validates at "FOREIGN KEY" #1
-- ---
-- AlterTable
ALTER TABLE "Order Details" DROP COLUMN "Unit Price",
ADD COLUMN     "unit_price" DECIMAL(12,2) NOT NULL;

-- DropIndex
DROP INDEX "IX_Log";

-- AddForeignKey
ALTER TABLE "tbl_log" ADD CONSTRAINT "tbl_log_fk" FOREIGN KEY ("usr_id") REFERENCES "user"("Id") ON DELETE CASCADE ON UPDATE CASCADE;
