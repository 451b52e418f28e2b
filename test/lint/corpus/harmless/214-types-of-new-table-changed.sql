-- corpus: tool=prisma; postgres=15; direction=up
-- ---
-- CreateTable
CREATE TABLE "Feature" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "rollout" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Feature_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Feature" ALTER COLUMN "rollout" SET DATA TYPE NUMERIC(5, 2);
ALTER TABLE "Feature" ADD COLUMN "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE UNIQUE INDEX "Feature_key_key" ON "Feature"("key");
