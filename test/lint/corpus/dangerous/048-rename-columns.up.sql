-- corpus: tool=golang-migrate; history=legacy
-- expect: rename-column at "RENAME COLUMN \"createdAt\" TO created_at" #1
-- because: the new name is a part of the clause
-- expect: rename-column at "RENAME \"E-Mail\" TO email" #1
-- because: the new name is a part of the clause
-- expect: rename-column at "RENAME COLUMN \"select\" TO selected" #1
-- because: the new name is a part of the clause
-- ---
-- snake_case everywhere, step 1
ALTER TABLE "Customers" RENAME COLUMN "createdAt" TO created_at;
ALTER TABLE "Customers" RENAME "E-Mail" TO email;
ALTER TABLE "Order Details" RENAME COLUMN "select" TO selected;
