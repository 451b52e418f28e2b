-- corpus: tool=prisma; history=saas; rows members=900000
-- expect: index-not-concurrent at "INDEX" #1
-- ---
-- CreateIndex
CREATE UNIQUE INDEX "members_account_id_email_key" ON "app"."members"("account_id", "email");
