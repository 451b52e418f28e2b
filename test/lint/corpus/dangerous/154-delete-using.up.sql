-- corpus: tool=golang-migrate; history=shop; rows order_items=9000000 orders=3000000
-- expect: unbatched-change at "DELETE FROM order_items" #1
-- ---
DELETE FROM order_items i USING orders o WHERE o.id = i.order_id;
