-- corpus: tool=golang-migrate; history=legacy
-- expect: rename-column at "RENAME COLUMN \"createdAt\" TO" #1
-- expect: rename-column at "RENAME \"E-Mail\" TO" #1
-- expect: rename-column at "RENAME COLUMN \"select\" TO" #1
-- ---
-- snake_case everywhere, step 1
ALTER TABLE "Customers" RENAME COLUMN "createdAt" TO created_at;
ALTER TABLE "Customers" RENAME "E-Mail" TO email;
ALTER TABLE "Order Details" RENAME COLUMN "select" TO selected;
