-- corpus: tool=prisma; postgres=15; history=shop; rows products=4000000
-- ---
-- One statement only: it runs outside of a transaction block.
CREATE INDEX CONCURRENTLY "products_category_id_idx" ON "products"("category_id");
