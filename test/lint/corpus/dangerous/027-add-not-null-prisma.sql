-- corpus: tool=prisma; history=saas
-- expect: not-null-without-default at "NOT NULL" #1
-- ---
/*
  Warnings:

  - Added the required column `tenant` to the `projects` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "app"."projects" ADD COLUMN     "tenant" TEXT NOT NULL;
