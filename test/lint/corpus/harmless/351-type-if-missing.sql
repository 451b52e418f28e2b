-- corpus: tool=prisma; postgres=15; direction=up
-- ---
DO $$ BEGIN
    CREATE TYPE "Mood" AS ENUM ('happy', 'sad');
EXCEPTION
    WHEN duplicate_object THEN null;
END $$;

-- CreateTable
CREATE TABLE "Diary" (
    "id" TEXT NOT NULL,
    "mood" "Mood" NOT NULL DEFAULT 'happy',
    CONSTRAINT "Diary_pkey" PRIMARY KEY ("id")
);
